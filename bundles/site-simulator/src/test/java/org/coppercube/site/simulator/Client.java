// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.apdu.APDU;
import com.serotonin.bacnet4j.apdu.ComplexACK;
import com.serotonin.bacnet4j.exception.BACnetException;
import com.serotonin.bacnet4j.service.acknowledgement.AcknowledgementService;
import com.serotonin.bacnet4j.service.acknowledgement.ReadPropertyAck;
import com.serotonin.bacnet4j.service.acknowledgement.ReadRangeAck;
import com.serotonin.bacnet4j.service.confirmed.ConfirmedRequestService;
import com.serotonin.bacnet4j.service.confirmed.ReadPropertyRequest;
import com.serotonin.bacnet4j.service.confirmed.ReadRangeRequest;
import com.serotonin.bacnet4j.type.Encodable;
import com.serotonin.bacnet4j.type.constructed.DateTime;
import com.serotonin.bacnet4j.type.constructed.LogRecord;
import com.serotonin.bacnet4j.type.constructed.ServicesSupported;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/** Asks a device, without a network between them, and has BACnet4J decode the answers. */
record Client(Controller device) {

    private static final ServicesSupported NONE = new ServicesSupported();

    /** The APDU that asks this, from somebody who takes 1476 octets. */
    static byte[] apdu(ConfirmedRequestService request) {
        ByteQueue out = new ByteQueue();
        out.push(new byte[] {0, 5, 7, request.getChoiceId()});
        request.write(out);
        return out.popAll();
    }

    static ConfirmedRequestService bySequence(Log log, long sequence, int count) {
        return new ReadRangeRequest(log.id(), PropertyIdentifier.logBuffer, null,
                new ReadRangeRequest.BySequenceNumber(sequence, count));
    }

    static ConfirmedRequestService byPosition(Log log, int position, int count) {
        return new ReadRangeRequest(log.id(), PropertyIdentifier.logBuffer, null,
                new ReadRangeRequest.ByPosition(position, count));
    }

    static ConfirmedRequestService byTime(Log log, WallTime time, int count) {
        return new ReadRangeRequest(log.id(), PropertyIdentifier.logBuffer, null,
                new ReadRangeRequest.ByTime(new DateTime(time.date(), time.time()), count));
    }

    /** The answer in hexadecimal digits. */
    String answer(ConfirmedRequestService request) {
        return HexFormat.of().formatHex(Dialogue.answer(device, ByteBuffer.wrap(apdu(request))));
    }

    <T extends AcknowledgementService> T ask(ConfirmedRequestService request) throws BACnetException {
        return acknowledgement(Dialogue.answer(device, ByteBuffer.wrap(apdu(request))));
    }

    static <T extends AcknowledgementService> T acknowledgement(byte[] apdu) throws BACnetException {
        ComplexACK ack = (ComplexACK) APDU.createAPDU(NONE, new ByteQueue(apdu));
        ack.parseServiceData();
        return ack.getService();
    }

    List<LogRecord> records(ConfirmedRequestService request) throws BACnetException {
        ReadRangeAck ack = ask(request);
        return ack.getItemData().getValues().stream().map(LogRecord.class::cast).toList();
    }

    /** All records that the log holds, by position. */
    List<LogRecord> all(Log log) throws BACnetException {
        return records(byPosition(log, 1, 1000));
    }

    <T extends Encodable> T property(ObjectIdentifier object, PropertyIdentifier property) throws BACnetException {
        ReadPropertyAck ack = ask(new ReadPropertyRequest(object, property));
        return ack.getValue();
    }

    long number(Log log, PropertyIdentifier property) throws BACnetException {
        return this.<com.serotonin.bacnet4j.type.primitive.UnsignedInteger>property(log.id(), property).longValue();
    }
}
