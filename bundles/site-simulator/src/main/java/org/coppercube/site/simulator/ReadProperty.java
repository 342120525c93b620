// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import com.serotonin.bacnet4j.util.sero.ByteQueue;

/** ReadProperty (ASHRAE 135, 15.5). */
final class ReadProperty implements Service {

    static final byte CHOICE = 12;

    @Override
    public void execute(TagReader in, Controller device, ByteQueue out, int room) throws BacnetError, Refusal {
        long object = in.context(0);
        int property = in.property(1);
        Long arrayIndex = in.optionalContext(2);
        in.end();
        BacnetObject<?> found = device.find(object).orElseThrow(BacnetError::unknownObject);
        found.id().write(out, 0);
        new UnsignedInteger(property).write(out, 1);
        if (arrayIndex != null) {
            new UnsignedInteger(arrayIndex).write(out, 2);
        }
        Tags.writeAny(out, 3, found.read(property, arrayIndex, device.clock().now()));
    }
}
