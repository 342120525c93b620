// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import com.serotonin.bacnet4j.enums.DayOfWeek;
import com.serotonin.bacnet4j.enums.Month;
import com.serotonin.bacnet4j.service.Service;
import com.serotonin.bacnet4j.service.confirmed.AddListElementRequest;
import com.serotonin.bacnet4j.service.confirmed.ReadPropertyMultipleRequest;
import com.serotonin.bacnet4j.service.confirmed.ReadPropertyRequest;
import com.serotonin.bacnet4j.service.confirmed.ReadRangeRequest;
import com.serotonin.bacnet4j.service.confirmed.ReadRangeRequest.ByPosition;
import com.serotonin.bacnet4j.service.confirmed.ReadRangeRequest.BySequenceNumber;
import com.serotonin.bacnet4j.service.confirmed.ReadRangeRequest.ByTime;
import com.serotonin.bacnet4j.service.confirmed.RemoveListElementRequest;
import com.serotonin.bacnet4j.service.unconfirmed.WhoIsRequest;
import com.serotonin.bacnet4j.type.constructed.DateTime;
import com.serotonin.bacnet4j.type.constructed.DaysOfWeek;
import com.serotonin.bacnet4j.type.constructed.Destination;
import com.serotonin.bacnet4j.type.constructed.EventTransitionBits;
import com.serotonin.bacnet4j.type.constructed.PropertyReference;
import com.serotonin.bacnet4j.type.constructed.ReadAccessSpecification;
import com.serotonin.bacnet4j.type.constructed.Recipient;
import com.serotonin.bacnet4j.type.constructed.SequenceOf;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.primitive.Date;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.SignedInteger;
import com.serotonin.bacnet4j.type.primitive.Time;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The few things a collector says, encoded by BACnet4J. */
public final class Questions {
    /** Bytes of an APDU that we take, as our questions say (ASHRAE 135, 20.1.2.5): the most that BACnet/IP carries. */
    public static final int LONGEST_ANSWER = 1476;
    public static final int I_AM = 0;
    public static final int I_HAVE = 1;
    public static final int CONFIRMED_EVENT = 2;
    public static final int UNCONFIRMED_EVENT = 3;
    static final int SET_CLOCK = 6;
    public static final int WHO_HAS = 7;
    public static final int WHO_IS = 8;
    public static final int ADD_LIST_ELEMENT = 8;
    public static final int REMOVE_LIST_ELEMENT = 9;
    static final int SET_CLOCK_UTC = 9;
    public static final int READ_PROPERTY = 12;
    public static final int READ_PROPERTY_MULTIPLE = 14;
    public static final int READ_RANGE = 26;

    /** The parameters of a confirmed service. */
    public record Question(int service, byte[] parameters) {
        public int length() {
            return 4 + parameters.length;
        }

        /** The whole APDU; it says that no segmented answer is taken and 1476 bytes are (ASHRAE 135, 20.1.2). */
        public byte[] apdu(int invokeId) {
            byte[] apdu = new byte[length()];
            apdu[1] = 5;
            apdu[2] = (byte) invokeId;
            apdu[3] = (byte) service;
            System.arraycopy(parameters, 0, apdu, 4, parameters.length);
            return apdu;
        }
    }

    private static final Time MIDNIGHT = new Time(0, 0, 0, 0);
    private static final Time LAST_HUNDREDTH = new Time(23, 59, 59, 99);

    private Questions() {
    }

    /** The whole APDU that asks devices with an instance in this range to say where they are. */
    public static byte[] whoIs(int from, int to) {
        ByteQueue queue = new ByteQueue();
        queue.push(0x10);
        queue.push(WHO_IS);
        new WhoIsRequest(from, to).write(queue);
        return queue.popAll();
    }

    public static Question readProperty(PropertyRef ref) {
        return encode(READ_PROPERTY, new ReadPropertyRequest(ref.object().encodable(),
                PropertyIdentifier.forId(ref.property()), index(ref)));
    }

    public static Question readProperties(List<PropertyRef> refs) {
        Map<ObjectId, SequenceOf<PropertyReference>> objects = new LinkedHashMap<>();
        for (PropertyRef ref : refs) {
            objects.computeIfAbsent(ref.object(), object -> new SequenceOf<>())
                    .add(new PropertyReference(PropertyIdentifier.forId(ref.property()), index(ref)));
        }
        SequenceOf<ReadAccessSpecification> wanted = new SequenceOf<>();
        objects.forEach((object, list) -> wanted.add(new ReadAccessSpecification(object.encodable(), list)));
        return encode(READ_PROPERTY_MULTIPLE, new ReadPropertyMultipleRequest(wanted));
    }

    /** Records from this sequence number on (ASHRAE 135, 15.8.1.1.4.2). */
    public static Question bySequence(ObjectId log, long first, int count) {
        return records(log, new BySequenceNumber(new UnsignedInteger(first), new SignedInteger(count)));
    }

    /** Records from the first on that is newer than this time (15.8.1.1.4.3). */
    public static Question byTime(ObjectId log, LocalDateTime time, int count) {
        DateTime than = new DateTime(new Date(time.getYear() - 1900, Month.valueOf(time.getMonthValue()),
                time.getDayOfMonth(), DayOfWeek.valueOf(time.getDayOfWeek().getValue())),
                new Time(time.getHour(), time.getMinute(), time.getSecond(), time.getNano() / 10_000_000));
        return records(log, new ByTime(than, count));
    }

    /** Records from this place in the buffer on, 1 being the oldest (15.8.1.1.4.1). */
    public static Question byPosition(ObjectId log, long index, int count) {
        return records(log, new ByPosition(new UnsignedInteger(index), new SignedInteger(count)));
    }

    private static Question records(ObjectId log, BySequenceNumber range) {
        return encode(READ_RANGE, new ReadRangeRequest(log.encodable(), PropertyIdentifier.logBuffer, null, range));
    }

    private static Question records(ObjectId log, ByTime range) {
        return encode(READ_RANGE, new ReadRangeRequest(log.encodable(), PropertyIdentifier.logBuffer, null, range));
    }

    private static Question records(ObjectId log, ByPosition range) {
        return encode(READ_RANGE, new ReadRangeRequest(log.encodable(), PropertyIdentifier.logBuffer, null, range));
    }

    /**
     * Asks a notification class to tell a recipient, at any time, whenever something goes back to normal, which a log
     * that has filled up does (ASHRAE 135, 12.25.26); confirmed, as only that is sure to be offered by a device that
     * notifies of logs (T-ATR-B).
     *
     * @param process what the recipient knows it by
     */
    public static Question addRecipient(int notificationClass, Recipient recipient, int process) {
        return encode(ADD_LIST_ELEMENT, new AddListElementRequest(notificationClass(notificationClass),
                PropertyIdentifier.recipientList, null, destination(recipient, process)));
    }

    /** The reverse of {@link #addRecipient}. */
    public static Question removeRecipient(int notificationClass, Recipient recipient, int process) {
        return encode(REMOVE_LIST_ELEMENT, new RemoveListElementRequest(notificationClass(notificationClass),
                PropertyIdentifier.recipientList, null, destination(recipient, process)));
    }

    private static ObjectIdentifier notificationClass(int instance) {
        return new ObjectId(ObjectId.NOTIFICATION_CLASS, instance).encodable();
    }

    private static SequenceOf<Destination> destination(Recipient recipient, int process) {
        return new SequenceOf<>(new Destination(new DaysOfWeek(true), MIDNIGHT, LAST_HUNDREDTH, recipient,
                new UnsignedInteger(process), com.serotonin.bacnet4j.type.primitive.Boolean.TRUE,
                new EventTransitionBits(false, false, true)));
    }

    /** The whole APDU that tells a device what time it is (ASHRAE 135, 16.7 and 16.8). */
    public static byte[] setClock(boolean utc, LocalDateTime time) {
        return new byte[] {0x10, (byte) (utc ? SET_CLOCK_UTC : SET_CLOCK), (byte) 0xA4, (byte) (time.getYear() - 1900),
            (byte) time.getMonthValue(), (byte) time.getDayOfMonth(), (byte) time.getDayOfWeek().getValue(),
            (byte) 0xB4, (byte) time.getHour(), (byte) time.getMinute(), (byte) time.getSecond(),
            (byte) (time.getNano() / 10_000_000)};
    }

    /** The whole APDU that says that a confirmed notification has arrived. */
    public static byte[] notificationTaken(int invokeId) {
        return new byte[] {0x20, (byte) invokeId, CONFIRMED_EVENT};
    }

    private static UnsignedInteger index(PropertyRef ref) {
        return ref.index() == PropertyRef.WHOLE ? null : new UnsignedInteger(ref.index());
    }

    private static Question encode(int choice, Service service) {
        ByteQueue queue = new ByteQueue();
        service.write(queue);
        return new Question(choice, queue.popAll());
    }
}
