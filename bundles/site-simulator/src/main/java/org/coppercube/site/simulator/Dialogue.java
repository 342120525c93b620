// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.enumerated.AbortReason;
import com.serotonin.bacnet4j.type.enumerated.RejectReason;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;

/** The application layer of a device (ASHRAE 135, 20.1): confirmed requests in, acknowledgements or refusals out. */
final class Dialogue {

    private static final int CONFIRMED_REQUEST = 0;
    private static final int SEGMENTED = 0x08;
    private static final int SIMPLE_ACK = 0x20;
    private static final int COMPLEX_ACK = 0x30;
    private static final int ERROR = 0x50;
    private static final int ACK_HEADER = 3;
    private static final int[] MAX_APDU = {50, 128, 206, 480, 1024, 1476};
    private static final Map<Byte, Service> SERVICES = Map.of(
            ReadProperty.CHOICE, new ReadProperty(),
            ReadPropertyMultiple.CHOICE, new ReadPropertyMultiple(),
            ReadRange.CHOICE, new ReadRange(),
            RecipientList.ADD, new RecipientList(NotificationClass::add, true),
            RecipientList.REMOVE, new RecipientList(NotificationClass::remove, true),
            RecipientList.WRITE, new RecipientList(NotificationClass::replace, false));

    private Dialogue() {
    }

    /** @return the answering APDU, or null when this is nothing to answer */
    static byte[] answer(Controller device, ByteBuffer apdu) {
        try {
            int type = apdu.get();
            if ((type & 0xF0) != CONFIRMED_REQUEST) {
                return null;
            }
            int sizes = apdu.get() & 0x0F;
            byte invokeId = apdu.get();
            try {
                if ((type & SEGMENTED) != 0) {
                    throw Refusal.abort(AbortReason.segmentationNotSupported);
                }
                int accepted = sizes < MAX_APDU.length ? MAX_APDU[sizes] : Controller.MAX_APDU;
                return execute(device, invokeId, apdu, Math.min(accepted, device.maxApdu()));
            } catch (Refusal e) {
                return e.toPdu(invokeId);
            }
        } catch (BufferUnderflowException e) { // cut off in its header: not even a number to answer to
            return null;
        }
    }

    private static byte[] execute(Controller device, byte invokeId, ByteBuffer apdu, int maxApdu) throws Refusal {
        byte choice = apdu.get();
        Service service = SERVICES.get(choice);
        if (service == null || !device.executes(choice)) {
            throw Refusal.reject(RejectReason.unrecognizedService);
        }
        ByteQueue out = new ByteQueue(Controller.MAX_APDU);
        out.push(new byte[] {COMPLEX_ACK, invokeId, choice});
        try {
            service.execute(new TagReader(apdu), device, out, maxApdu - ACK_HEADER);
        } catch (BacnetError e) {
            out.clear();
            out.push(new byte[] {ERROR, invokeId, choice});
            e.body().write(out);
        }
        if (out.size() == ACK_HEADER) {
            return new byte[] {SIMPLE_ACK, invokeId, choice};
        }
        if (out.size() > maxApdu) {
            throw device.tooLong();
        }
        return out.popAll();
    }
}
