// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import static org.junit.Assert.assertEquals;

import com.serotonin.bacnet4j.service.confirmed.ConfirmedEventNotificationRequest;
import com.serotonin.bacnet4j.type.constructed.BaseType;
import com.serotonin.bacnet4j.type.constructed.DateTime;
import com.serotonin.bacnet4j.type.constructed.EventLogRecord;
import com.serotonin.bacnet4j.type.constructed.LogStatus;
import com.serotonin.bacnet4j.type.constructed.StatusFlags;
import com.serotonin.bacnet4j.type.constructed.TimeStamp;
import com.serotonin.bacnet4j.type.enumerated.EventState;
import com.serotonin.bacnet4j.type.enumerated.EventType;
import com.serotonin.bacnet4j.type.enumerated.NotifyType;
import com.serotonin.bacnet4j.type.notificationParameters.NotificationParameters;
import com.serotonin.bacnet4j.type.notificationParameters.OutOfRangeNotif;
import com.serotonin.bacnet4j.type.primitive.Boolean;
import com.serotonin.bacnet4j.type.primitive.CharacterString;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.Real;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.coppercube.api.trend.Reading;
import org.coppercube.collector.bacnet.Hex;
import org.coppercube.collector.bacnet.Peer;
import org.junit.Test;

/** Records of Trend Logs Multiple and of Event Logs. */
public class LogKindsTest {
    private static final String TIME = "0ea47b0b0e02b41614000a0f"; // 2023-11-14 22:20:00.10
    private static final LocalDateTime TEN = LocalDateTime.of(2023, 11, 14, 22, 20, 0, 100_000_000);

    public static final ConfirmedEventNotificationRequest NOTIFICATION = new ConfirmedEventNotificationRequest(
            new UnsignedInteger(7), new ObjectIdentifier(8, 1200), new ObjectIdentifier(0, 3),
            new TimeStamp(new DateTime(Peer.START)), new UnsignedInteger(21), new UnsignedInteger(100),
            EventType.outOfRange, new CharacterString("Zu heiß"), NotifyType.alarm, Boolean.TRUE, EventState.normal,
            EventState.highLimit, new NotificationParameters(new OutOfRangeNotif(new Real(31),
            new StatusFlags(true, false, false, false), new Real(0.5f), new Real(30))));

    private static LogRecord multiple(String datum) {
        LogRecord record = LogRecord.read(new Part(Hex.bytes(TIME + "1e" + datum + "1f")),
                ObjectId.TREND_LOG_MULTIPLE);
        assertEquals(TEN, record.time());
        return record;
    }

    private static List<Reading> members(LogRecord record, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(record::of).toList();
    }

    @Test
    public void everyMemberHasItsOwnReading() {
        assertEquals(List.of(new Reading.Boolean(true), new Reading.Real(Float.NaN), new Reading.Enumerated(0xFFFFFFFFL),
                new Reading.Unsigned(-1), new Reading.Signed(-3), new Reading.BitString("101"), new Reading.Null(),
                new Reading.Failure(1, 31), new Reading.Any("4441a00000", new Reading.Real(20))),
                members(multiple("1e" + "0901" + "1c7fc00000" + "2cffffffff" + "3d08ffffffffffffffff" + "49fd"
                        + "5a05a0" + "68" + "7e9101911f7f" + "8e4441a000008f" + "1f"), 9));
    }

    @Test
    public void whatTheLogSaysOfItselfIsSaidOfEachMember() {
        assertEquals(List.of(new Reading.LogStatus(false, true, false), new Reading.LogStatus(false, true, false)),
                members(multiple("0a0540"), 2));
        assertEquals(List.of(new Reading.TimeChange(3600), new Reading.TimeChange(3600)),
                members(multiple("2c45610000"), 2));
    }

    @Test
    public void aMemberThatIsNotThereWasWithoutAValue() {
        assertEquals(List.of(new Reading.Real(20), new Reading.Null()), members(multiple("1e1c41a000001f"), 2));
    }

    @Test
    public void aMemberThatNobodyKnowsDoesNotHideTheOthers() {
        assertEquals(List.of(new Reading.Undecodable("9e1c41a000009f"), new Reading.Undecodable("1a41a0"),
                new Reading.Undecodable("44c1a00000"), new Reading.Real(20)),
                members(multiple("1e" + "9e1c41a000009f" + "1a41a0" + "44c1a00000" + "1c41a00000" + "1f"), 4));
        String strange = "3c41a00000";
        assertEquals(new Reading.Undecodable(TIME + "1e" + strange + "1f"), multiple(strange).of(2));
    }

    @Test
    public void aRealDevicesRecordsAreRead() throws Exception {
        String text;
        try (InputStream capture = getClass().getResourceAsStream("trend-log-multiple.hex")) {
            text = new String(capture.readAllBytes(), StandardCharsets.US_ASCII);
        }
        StringBuilder content = new StringBuilder();
        for (String segment : text.split("\n\n")) {
            String datagram = segment.replace("\n", "");
            content.append(datagram, datagram.indexOf("0a1a") + 4, datagram.length());
        }
        LogRecords answer = LogRecords.read(new Part(Hex.bytes(content.toString())),
                new ObjectId(ObjectId.TREND_LOG_MULTIPLE, 1), 32);
        assertEquals(LogRecords.UNTOLD, answer.first());
        assertEquals(32, answer.records().size());
        LocalDateTime first = LocalDateTime.of(2011, 9, 27, 14, 40, 3, 90_000_000);
        for (int i = 0; i < 32; i++) {
            Reading expected = i < 2 ? new Reading.Boolean(false) : new Reading.Failure(5, 46);
            LogRecord record = answer.records().get(i);
            assertEquals(first.plusSeconds(2 * i), record.time());
            assertEquals(List.of(expected, expected, expected), members(record, 3));
        }
    }

    private static LogRecord event(BaseType made) {
        ByteQueue queue = new ByteQueue();
        made.write(queue);
        return LogRecord.read(new Part(queue.popAll()), ObjectId.EVENT_LOG);
    }

    @Test
    public void anEventIsReadByTheStandardsNames() throws ProtocolException {
        LogRecord record = event(new EventLogRecord(new DateTime(Peer.START), NOTIFICATION));
        LocalDateTime start = LocalDateTime.ofInstant(Instant.ofEpochMilli(Peer.START), ZoneId.systemDefault());
        assertEquals(start, record.time());
        ByteQueue queue = new ByteQueue();
        NOTIFICATION.write(queue);
        String raw = new Part(queue.popAll()).hex();
        Reading.Event event = (Reading.Event) record.of(0);
        assertEquals(raw, event.raw());
        String eventValues = event.fields().get("event-values");
        assertEquals(raw, raw.substring(0, raw.indexOf(eventValues)) + eventValues + "cf");
        assertEquals(Map.ofEntries(Map.entry("process-identifier", "7"),
                Map.entry("initiating-device-identifier", "device,1200"),
                Map.entry("event-object-identifier", "analog-input,3"), Map.entry("time-stamp", start + ".00"),
                Map.entry("notification-class", "21"), Map.entry("priority", "100"),
                Map.entry("event-type", "out-of-range"), Map.entry("message-text", "Zu heiß"),
                Map.entry("notify-type", "alarm"), Map.entry("ack-required", "true"),
                Map.entry("from-state", "normal"), Map.entry("to-state", "high-limit"),
                Map.entry("event-values", eventValues)), event.fields());
    }

    @Test
    public void anEventLogSpeaksOfItselfToo() {
        assertEquals(new Reading.LogStatus(true, false, false),
                event(new EventLogRecord(new DateTime(Peer.START), new LogStatus(true, false, false))).of(0));
        assertEquals(new Reading.TimeChange(-60),
                event(new EventLogRecord(new DateTime(Peer.START), new Real(-60))).of(0));
    }

    @Test
    public void otherTimesAndNumbersWithoutANameAreReadAsTheyAre() {
        assertEquals(Map.of("time-stamp", "4711", "event-type", "700"), fields("3e1a12673f" + "6a02bc"));
        assertEquals(Map.of("time-stamp", "10:20:30.04", "notify-type", "event"), fields("3e0c0a141e043f" + "8901"));
        assertEquals("what can be read", Map.of("priority", "5"), fields("5905" + "ff"));
    }

    private static Map<String, String> fields(String notification) {
        return EventNotification.fields(new Part(Hex.bytes(notification)));
    }
}
