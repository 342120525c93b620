// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.serotonin.bacnet4j.type.Encodable;
import com.serotonin.bacnet4j.type.constructed.BaseType;
import com.serotonin.bacnet4j.type.constructed.DateTime;
import com.serotonin.bacnet4j.type.constructed.LogStatus;
import com.serotonin.bacnet4j.type.constructed.StatusFlags;
import com.serotonin.bacnet4j.type.enumerated.ErrorClass;
import com.serotonin.bacnet4j.type.enumerated.ErrorCode;
import com.serotonin.bacnet4j.type.error.ErrorClassAndCode;
import com.serotonin.bacnet4j.type.primitive.BitString;
import com.serotonin.bacnet4j.type.primitive.Enumerated;
import com.serotonin.bacnet4j.type.primitive.Null;
import com.serotonin.bacnet4j.type.primitive.Real;
import com.serotonin.bacnet4j.type.primitive.SignedInteger;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.net.ProtocolException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.collector.bacnet.Hex;
import org.coppercube.collector.bacnet.Peer;
import org.coppercube.collector.bacnet.link.FenceTest;
import org.junit.Test;

public class LogRecordsTest {
    private static final ObjectId LOG = new ObjectId(20, 1);
    private static final String TIME = "0ea47b0b0e02b41614000a0f"; // 2023-11-14 22:20:00.10
    private static final DateTime TIMESTAMP = new DateTime(Peer.START);
    private static final StatusFlags FLAGS = new StatusFlags(true, false, true, false);
    private static final LocalDateTime TEN = LocalDateTime.of(2023, 11, 14, 22, 20, 0, 100_000_000);

    private static Part part(String hex) {
        return new Part(Hex.bytes(hex));
    }

    private static LogRecord record(String hex) {
        return LogRecord.read(part(hex), ObjectId.TREND_LOG);
    }

    private static Reading reading(String choice) {
        LogRecord record = record(TIME + "1e" + choice + "1f");
        assertEquals(TEN, record.time());
        return record.reading();
    }

    private static LogRecords answer(String items, int count) throws ProtocolException {
        String answer = "0c0500000119833a0500" + "49%02x".formatted(count) + "5e" + items + "5f6964";
        return LogRecords.read(part(answer), LOG, 10);
    }

    @Test
    public void readsTheStandardsOwnExample() throws ProtocolException {
        LogRecords records = LogRecords.read(part(FenceTest.F38_ANSWER.substring(6)), LOG, 4);
        assertEquals(79201, records.first());
        assertEquals(List.of(new LogRecord(LocalDateTime.of(1998, 3, 23, 19, 54, 27), 0, new Reading.Real(18.0f)),
                new LogRecord(LocalDateTime.of(1998, 3, 23, 19, 56, 27), 0, new Reading.Real(18.1f))),
                records.records());
    }

    @Test
    public void readsEveryChoiceOfTheStandard() {
        assertEquals(new Reading.LogStatus(true, false, true), reading("0a05a0"));
        assertEquals(new Reading.LogStatus(true, false, false), reading("0a0780"));
        assertEquals(new Reading.Boolean(true), reading("1901"));
        assertEquals(new Reading.Real(Float.NaN), reading("2c7fc00000"));
        assertEquals(new Reading.Enumerated(0xFFFFFFFFL), reading("3cffffffff"));
        assertEquals(new Reading.Unsigned(-1), reading("4d08ffffffffffffffff"));
        assertEquals(new Reading.Signed(-3), reading("59fd"));
        assertEquals(new Reading.BitString("101"), reading("6a05a0"));
        assertEquals(new Reading.Null(), reading("78"));
        assertEquals(new Reading.Failure(1, 31), reading("8e9101911f8f"));
        assertEquals(new Reading.TimeChange(-3.5f), reading("9cc0600000"));
        assertEquals(new Reading.Any("4441a00000", new Reading.Real(20)), reading("ae4441a00000af"));
        assertEquals(new Reading.Any("73004869", new Reading.Text("Hi")), reading("ae73004869af"));
        assertEquals(new Reading.Any("a47b0b0e02b416140000", null), reading("aea47b0b0e02b416140000af"));
        assertEquals(new Reading.Any("55083ff4000000000000", new Reading.Double(1.25)),
                reading("ae55083ff4000000000000af"));
    }

    @Test
    public void whatNobodyKnowsIsKeptWithItsBytesAndItsTime() throws ProtocolException {
        String[] strange = {TIME + "1eb9001f", TIME + "1e1f", TIME + "1e2c41a000001f3900", TIME + "1e3d0501000000001f",
            TIME + "1e8e94800000009120" + "8f1f"};
        for (String hex : strange) {
            LogRecord record = record(hex);
            assertEquals(hex, ((Reading.Undecodable) record.reading()).raw());
            assertEquals(TEN, record.time());
        }
        List<LogRecord> three = answer(TIME + "1e2c41a000001f" + strange[0] + TIME + "1e781f2a0450", 3).records();
        assertEquals(new Reading.Real(20), three.get(0).reading());
        assertEquals(new Reading.Undecodable(strange[0]), three.get(1).reading());
        assertEquals(new LogRecord(TEN, Sample.FAULT | Sample.OUT_OF_SERVICE, new Reading.Null()), three.get(2));
    }

    @Test
    public void aTimeThatIsNoneIsNone() {
        String[] none = {"a4ff0b0e02b416140000", "a47bff0e02b416140000", "a47b0e0e02b416140000", "a47b021f02b416140000",
            "a47b0b0e02b418140000", "a47b0b0e02b4ff140000"};
        for (String time : none) {
            assertEquals(time, null, record("0e" + time + "0f1e781f").time());
        }
        assertEquals(LocalDateTime.of(2023, 11, 14, 22, 20), record("0ea47b0b0effb4161400ff0f1e781f").time());
    }

    @Test
    public void anAnswerThatContradictsItselfIsRefused() {
        String one = TIME + "1e781f";
        assertThrows(ProtocolException.class, () -> answer(one, 2));
        assertThrows(ProtocolException.class, () -> answer(one + one, 1));
        assertThrows(ProtocolException.class, () -> answer(one.repeat(11), 11));
        assertThrows(ProtocolException.class, () -> answer(one + "1e", 1));
        String sound = "0c0500000119833a050049015e" + one + "5f6964";
        assertThrows(ProtocolException.class, () -> LogRecords.read(part(sound), new ObjectId(20, 2), 10));
        assertThrows(ProtocolException.class, () -> LogRecords.read(part(sound.replace("1983", "1984")), LOG, 10));
    }

    @Test
    public void aSingleDamagedRecordIsToldAsItCame() {
        Damaged damaged = assertThrows(Damaged.class,
                () -> LogRecords.read(part("0c0500000119833a050049015e0ea47b"), LOG, 1));
        assertEquals(new LogRecord(null, 0, new Reading.Undecodable("5e0ea47b")), damaged.record());
    }

    @Test
    public void agreesWithTheLibraryThatEncodes() throws ProtocolException {
        LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(Peer.START), ZoneId.systemDefault());
        Map<BaseType, Reading> pairs = Map.of(
                new com.serotonin.bacnet4j.type.constructed.LogRecord(
                        TIMESTAMP, new LogStatus(false, true, false), FLAGS),
                new Reading.LogStatus(false, true, false),
                new com.serotonin.bacnet4j.type.constructed.LogRecord(TIMESTAMP, true, new Real(3600), FLAGS),
                new Reading.TimeChange(3600),
                made(com.serotonin.bacnet4j.type.primitive.Boolean.TRUE), new Reading.Boolean(true),
                made(new Real(1.5e-40f)), new Reading.Real(1.5e-40f),
                made(new Enumerated(7)), new Reading.Enumerated(7),
                made(new UnsignedInteger(4_000_000_000L)), new Reading.Unsigned(4_000_000_000L),
                made(new SignedInteger(-70000)), new Reading.Signed(-70000),
                made(new BitString(new boolean[] {true, false, true, true, false, false, false, false, true})),
                new Reading.BitString("101100001"),
                made(Null.instance), new Reading.Null(),
                made(new ErrorClassAndCode(ErrorClass.object, ErrorCode.unknownObject)), new Reading.Failure(1, 31));
        pairs.forEach((made, expected) -> {
            ByteQueue queue = new ByteQueue();
            made.write(queue);
            assertEquals(new LogRecord(time, Sample.IN_ALARM | Sample.OVERRIDDEN, expected),
                    LogRecord.read(new Part(queue.popAll()), ObjectId.TREND_LOG));
        });
    }

    private static BaseType made(Encodable value) {
        return com.serotonin.bacnet4j.type.constructed.LogRecord.createFromMonitoredValue(TIMESTAMP, value, FLAGS);
    }

    @Test
    public void mutationsOfRealAnswersAreReadOrRefused() {
        Random random = new Random(66);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Hex.bytes(FenceTest.F38_ANSWER.substring(6));
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Part answer = new Part(bytes, 0, bytes.length - random.nextInt(3));
            try {
                LogRecords.read(answer, LOG, 4).records().forEach(one -> assertTrue(one.flags() < 16));
                read++;
            } catch (ProtocolException e) {
                assertTrue(e.getMessage(), !e.getMessage().isEmpty());
            }
        }
        assertTrue("only " + read + " were readable", read > 1000);
    }
}
