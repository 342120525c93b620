// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.serotonin.bacnet4j.exception.BACnetException;
import com.serotonin.bacnet4j.service.acknowledgement.ReadRangeAck;
import com.serotonin.bacnet4j.service.confirmed.ConfirmedEventNotificationRequest;
import com.serotonin.bacnet4j.type.constructed.DeviceObjectPropertyReference;
import com.serotonin.bacnet4j.type.constructed.EventLogRecord;
import com.serotonin.bacnet4j.type.constructed.LogData;
import com.serotonin.bacnet4j.type.constructed.LogMultipleRecord;
import com.serotonin.bacnet4j.type.constructed.LogStatus;
import com.serotonin.bacnet4j.type.constructed.SequenceOf;
import com.serotonin.bacnet4j.type.enumerated.EventState;
import com.serotonin.bacnet4j.type.enumerated.NotifyType;
import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.notificationParameters.OutOfRangeNotif;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.Real;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

/** Trend Log Multiple and Event Log. */
public class LogKindsTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final long NOW = NOON.toEpochMilli();

    private final Play play = new Play(NOON, "--devices=2", "--logs=6", "--multiples=2", "--members=4",
            "--event-logs=1", "--time-zone=UTC");
    private final Client client = new Client(play.device());

    @Test
    public void theObjectsAreListed() throws BACnetException {
        SequenceOf<ObjectIdentifier> objects = client.property(play.device().id(), PropertyIdentifier.objectList);
        assertTrue(objects.getValues().containsAll(List.of(new ObjectIdentifier(ObjectType.trendLogMultiple, 1),
                new ObjectIdentifier(ObjectType.trendLogMultiple, 2), new ObjectIdentifier(ObjectType.eventLog, 1))));
        assertEquals(1 + 6 + 6 + 2 + 1, objects.getCount());
    }

    @Test
    public void aMultipleRecordHasAValueForEachMember() throws BACnetException {
        Log log = log(ObjectType.trendLogMultiple, 2);
        SequenceOf<DeviceObjectPropertyReference> members =
                client.property(log.id(), PropertyIdentifier.logDeviceObjectProperty);
        assertEquals(4, members.getCount());
        long newest = client.number(log, PropertyIdentifier.totalRecordCount);
        ReadRangeAck ack = client.ask(Client.bySequence(log, newest - 9, 10));
        assertEquals(10, ack.getItemCount().intValue());
        assertEquals(newest - 9, ack.getFirstSequenceNumber().longValue());
        for (int i = 0; i < 10; i++) {
            LogData data = ((LogMultipleRecord) ack.getItemData().get(i)).getLogData();
            assertEquals(4, data.getData().size());
            for (int member = 0; member < 4; member++) {
                Point point = point(members.getBase1(member + 1).getObjectIdentifier());
                double value = point.valueAt(log.timeline().timeOf(newest - 9 + i));
                assertEquals(value, data.getData().get(member).<Real>getDatum().floatValue(), 1e-5);
            }
        }
    }

    @Test
    public void recordsAreTheSameBySequencePositionAndTime() throws BACnetException {
        for (Log log : List.of(log(ObjectType.trendLogMultiple, 1), log(ObjectType.eventLog, 1))) {
            long oldest = log.oldest(NOW);
            WallTime before = play.device().clock().wall(log.timeline().timeOf(oldest + 9));
            ReadRangeAck bySequence = client.ask(Client.bySequence(log, oldest + 10, 8));
            ReadRangeAck byPosition = client.ask(Client.byPosition(log, 11, 8));
            ReadRangeAck byTime = client.ask(Client.byTime(log, before, 8));
            assertEquals(8, bySequence.getItemCount().intValue());
            assertEquals(bySequence.getItemData(), byPosition.getItemData());
            assertEquals(bySequence.getItemData(), byTime.getItemData());
            assertEquals(oldest + 10, byTime.getFirstSequenceNumber().longValue());
        }
    }

    @Test
    public void everyKindOfMemberIsPlayed() throws BACnetException {
        Play all = new Play(NOON, "--devices=1", "--multiples=1", "--all-kinds");
        Log log = log(all, ObjectType.trendLogMultiple, 2);
        String records = new Client(all.device()).answer(Client.byPosition(log, 1, 5));
        // boolean 0, real 1, enumerated 2, unsigned 3, signed 4, bitstring 5, null 6, failure 7 and any 8
        assertTrue(records, records.contains("1e" + "0901" + "0900" + "1c41ad999a"));
        assertTrue(records, records.contains("2903" + "3cee6b2800" + "4bfe1dc0" + "5a03b0" + "68" + "7e9101911f7f"));
        assertTrue(records, records.contains("8e" + "55083ff4000000000000" + "8f" + "8e75"));
    }

    @Test
    public void aMultipleLogTellsOfItsStatusAndOfTheClock() throws BACnetException {
        Play all = new Play(NOON, "--devices=1", "--multiples=1", "--all-kinds");
        Log log = log(all, ObjectType.trendLogMultiple, 2);
        long fifth = log.newest(NOW) / 5 * 5 - 5;
        List<LogData> data = new Client(all.device()).<ReadRangeAck>ask(Client.bySequence(log, fifth, 2))
                .getItemData().getValues().stream().map(record -> ((LogMultipleRecord) record).getLogData()).toList();
        assertEquals(new LogStatus(false, true, true), data.get(0).getLogStatus());
        assertEquals(new Real(-3600.5f), data.get(1).getTimeChange());
    }

    @Test
    public void anEventLogHoldsAlarmsAcknowledgementsStatusAndTimeChanges() throws BACnetException {
        Log log = log(ObjectType.eventLog, 1);
        long first = log.oldest(NOW) / EventLog.ROUND * EventLog.ROUND + EventLog.ROUND + 1;
        List<EventLogRecord> records = client.<ReadRangeAck>ask(Client.bySequence(log, first, EventLog.ROUND))
                .getItemData().getValues().stream().map(EventLogRecord.class::cast).toList();
        ConfirmedEventNotificationRequest alarm = records.get(0).getNotification();
        assertEquals(play.device().id(), alarm.getInitiatingDeviceIdentifier());
        assertEquals(EventState.highLimit, alarm.getToState());
        assertTrue(alarm.getEventValues().getParameter() instanceof OutOfRangeNotif);
        assertEquals(records.get(0).getTimestamp(), alarm.getTimeStamp().getDateTime());
        assertEquals(NotifyType.ackNotification, records.get(1).getNotification().getNotifyType());
        for (int i = 2; i < 6; i++) {
            assertTrue(records.get(i).isNotification());
        }
        assertEquals(new LogStatus(false, false, true), records.get(6).getLogStatus());
        assertEquals(new Real(2.5f), records.get(7).getTimeChange());
    }

    @Test
    public void aPurgeIsToldInEveryKindOfLog() throws BACnetException {
        Play purged = new Play(NOON, "--devices=1", "--multiples=1", "--event-logs=1", "--fault=purge=" + NOON);
        Client asking = new Client(purged.device());
        ReadRangeAck multiple = asking.ask(Client.byPosition(log(purged, ObjectType.trendLogMultiple, 1), 1, 9));
        assertEquals(1, multiple.getItemCount().intValue());
        assertEquals(new LogStatus(false, true, false),
                ((LogMultipleRecord) multiple.getItemData().get(0)).getLogData().getLogStatus());
        ReadRangeAck events = asking.ask(Client.byPosition(log(purged, ObjectType.eventLog, 1), 1, 9));
        assertEquals(new LogStatus(false, true, false), ((EventLogRecord) events.getItemData().get(0)).getLogStatus());
    }

    @Test
    public void theTimeChangeOfAJumpHasTheTagOfItsKindOfLog() throws BACnetException {
        Play jumped = new Play(NOON, "--devices=1", "--multiples=1", "--event-logs=1",
                "--fault=clock-jump=1h/" + NOON);
        for (ObjectType type : List.of(ObjectType.trendLogMultiple, ObjectType.eventLog)) {
            Log log = log(jumped, type, 1);
            ReadRangeAck ack = new Client(jumped.device()).ask(
                    Client.bySequence(log, log.newest(NOW), 1));
            assertFalse(ack.getItemData().getValues().isEmpty());
            String record = ack.getItemData().get(0).toString();
            assertTrue(record, record.contains("3600"));
        }
    }

    private Log log(ObjectType type, int instance) {
        return log(play, type, instance);
    }

    private static Log log(Play play, ObjectType type, int instance) {
        ObjectIdentifier id = new ObjectIdentifier(type, instance);
        return play.device().logs().stream().filter(log -> log.id().equals(id)).findFirst().orElseThrow();
    }

    private Point point(ObjectIdentifier id) {
        return play.device().logs().stream().filter(log -> log.contents() instanceof TrendLog)
                .map(log -> ((TrendLog) log.contents()).point()).filter(point -> point.id().equals(id)).findFirst()
                .orElseThrow();
    }
}
