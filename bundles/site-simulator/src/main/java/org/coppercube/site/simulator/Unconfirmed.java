// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.service.unconfirmed.IHaveRequest;
import com.serotonin.bacnet4j.service.unconfirmed.UnconfirmedRequestService;
import com.serotonin.bacnet4j.service.unconfirmed.WhoIsRequest;
import com.serotonin.bacnet4j.type.primitive.CharacterString;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;

/** The services for which there is no acknowledgement (ASHRAE 135, 16.7 to 16.10). */
final class Unconfirmed {

    private static final byte REQUEST = 0x10;
    private static final byte I_AM = 0;
    private static final byte TIME_SYNCHRONIZATION = 6;
    private static final byte WHO_HAS = 7;
    private static final byte WHO_IS = 8;
    private static final byte UTC_TIME_SYNCHRONIZATION = 9;
    private static final long DEVICE = 8;

    private Unconfirmed() {
    }

    /** @return the answering APDU, or null when there is nothing to say */
    static byte[] answer(Controller device, ByteBuffer apdu) {
        try {
            if (apdu.get() != REQUEST) {
                return null;
            }
            byte choice = apdu.get();
            TagReader in = new TagReader(apdu.slice());
            switch (choice) {
                case WHO_IS:
                    return whoIs(device, in);
                case WHO_HAS:
                    return whoHas(device, in);
                case TIME_SYNCHRONIZATION:
                    device.clock().set(device.clock().moment(moment(in)));
                    return null;
                case UTC_TIME_SYNCHRONIZATION:
                    device.clock().set(moment(in).toInstant(ZoneOffset.UTC).toEpochMilli());
                    return null;
                default:
                    return null;
            }
        } catch (Refusal | BufferUnderflowException e) { // an unconfirmed request cannot be refused, only ignored
            return null;
        }
    }

    /** The instance of the device that says here where it is; nothing if that is not what the APDU says. */
    static OptionalInt iAm(ByteBuffer apdu) {
        try {
            if (apdu.get() == REQUEST && apdu.get() == I_AM) {
                long object = new TagReader(apdu.slice()).objectIdentifier();
                return object >> 22 == DEVICE ? OptionalInt.of((int) object & 0x3F_FFFF) : OptionalInt.empty();
            }
            return OptionalInt.empty();
        } catch (Refusal | BufferUnderflowException e) {
            return OptionalInt.empty();
        }
    }

    static byte[] iAm(Controller device) {
        return apdu(device.iAm());
    }

    static byte[] whoIs(int instance) {
        return apdu(new WhoIsRequest(instance, instance));
    }

    private static byte[] whoIs(Controller device, TagReader in) throws Refusal {
        boolean meant = in.atEnd() || isWithin(in, device);
        in.end();
        return meant ? iAm(device) : null;
    }

    private static byte[] whoHas(Controller device, TagReader in) throws Refusal {
        boolean meant = !in.hasContext(0) || isWithin(in, device);
        Optional<BacnetObject<?>> object = in.hasContext(2) ? device.find(in.context(2)) : device.find(in.text(3));
        in.end();
        return object.filter(found -> meant).map(found -> apdu(
                new IHaveRequest(device.id(), found.id(), new CharacterString(found.name())))).orElse(null);
    }

    private static boolean isWithin(TagReader in, Controller device) throws Refusal {
        return in.context(0) <= device.instance() & device.instance() <= in.context(1); // both have to be read
    }

    private static LocalDateTime moment(TagReader in) throws Refusal {
        LocalDateTime moment = in.dateTime();
        in.end();
        return moment;
    }

    private static byte[] apdu(UnconfirmedRequestService request) {
        ByteQueue out = new ByteQueue();
        out.push(REQUEST);
        out.push(request.getChoiceId());
        request.write(out);
        return out.popAll();
    }
}
