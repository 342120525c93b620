// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.service.unconfirmed.IAmRequest;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A request for devices to make themselves known (ASHRAE 135, 16.10), limited to a range of instance numbers. */
record WhoIs(long low, long high) {

    private static final byte UNCONFIRMED_REQUEST = 0x10;
    private static final byte WHO_IS = 8;

    /** @return nothing if the APDU is something else; it is read no further then */
    static Optional<WhoIs> parse(ByteBuffer apdu) {
        int start = apdu.position();
        if (apdu.remaining() < 2 || apdu.get(start) != UNCONFIRMED_REQUEST || apdu.get(start + 1) != WHO_IS) {
            return Optional.empty();
        }
        TagReader in = new TagReader(apdu.slice(start + 2, apdu.remaining() - 2));
        try {
            WhoIs whoIs = in.atEnd() ? new WhoIs(0, Long.MAX_VALUE) : new WhoIs(in.context(0), in.context(1));
            in.end();
            return Optional.of(whoIs);
        } catch (Refusal e) { // an unconfirmed request cannot be refused, only ignored
            return Optional.empty();
        }
    }

    boolean means(Controller device) {
        return low <= device.instance() && device.instance() <= high;
    }

    static byte[] iAm(Controller device) {
        IAmRequest iAm = device.iAm();
        ByteQueue out = new ByteQueue();
        out.push(UNCONFIRMED_REQUEST);
        out.push(iAm.getChoiceId());
        iAm.write(out);
        return out.popAll();
    }
}
