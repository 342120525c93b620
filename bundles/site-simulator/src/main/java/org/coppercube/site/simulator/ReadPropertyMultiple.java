// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.enumerated.RejectReason;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.util.Optional;

/** ReadPropertyMultiple (ASHRAE 135, 15.7): what cannot be read is an error in its own place, the rest is answered. */
final class ReadPropertyMultiple implements Service {

    static final byte CHOICE = 14;

    @Override
    public void execute(TagReader in, Controller device, ByteQueue out, int room) throws Refusal {
        if (in.atEnd()) {
            throw Refusal.reject(RejectReason.missingRequiredParameter);
        }
        long now = device.clock().now(); // one moment for all values, so that counts agree with each other
        while (!in.atEnd()) {
            long object = in.context(0);
            Optional<BacnetObject<?>> found = device.find(object);
            found.map(BacnetObject::id).orElse(identifier(object)).write(out, 0);
            in.open(1);
            Tags.open(out, 1);
            while (!in.closes(1)) {
                int reference = in.property(0);
                Long arrayIndex = in.optionalContext(1);
                for (int property : found.map(o -> o.expand(reference)).orElse(new int[] {reference})) {
                    write(out, found, property, arrayIndex, now);
                    if (out.size() > room) { // a short request can ask for megabytes
                        throw device.tooLong();
                    }
                }
            }
            Tags.close(out, 1);
        }
    }

    private static ObjectIdentifier identifier(long number) {
        return new ObjectIdentifier((int) (number >> 22), (int) number & 0x3FFFFF);
    }

    private static void write(ByteQueue out, Optional<BacnetObject<?>> object, int property, Long arrayIndex,
            long now) {
        new UnsignedInteger(property).write(out, 2);
        if (arrayIndex != null) {
            new UnsignedInteger(arrayIndex).write(out, 3);
        }
        try {
            Tags.writeAny(out, 4, object.orElseThrow(BacnetError::unknownObject).read(property, arrayIndex, now));
        } catch (BacnetError e) {
            e.reason().write(out, 5);
        }
    }
}
