// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier.enable;
import static com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier.recordCount;
import static com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier.totalRecordCount;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.serotonin.bacnet4j.exception.BACnetException;
import com.serotonin.bacnet4j.service.acknowledgement.ReadRangeAck;
import com.serotonin.bacnet4j.type.constructed.LogRecord;
import com.serotonin.bacnet4j.type.constructed.LogStatus;
import com.serotonin.bacnet4j.type.primitive.Boolean;
import com.serotonin.bacnet4j.type.primitive.Real;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

/** Faults in what logs hold. The logs' first record is of 12:00:00 UTC, and one follows each minute. */
public class LogFaultsTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    public void aSmallBufferRollsOver() throws BACnetException {
        Play play = play("buffer=5");
        Client client = minutes(play, 20);
        assertEquals(5, client.number(play.log(), recordCount));
        assertEquals(21, client.number(play.log(), totalRecordCount));
        ReadRangeAck ack = client.ask(Client.bySequence(play.log(), 17, 10));
        assertEquals(5, ack.getItemCount().intValue());
        assertTrue(ack.getResultFlags().isFirstItem());
        assertEquals(0, client.records(Client.bySequence(play.log(), 16, 10)).size());
    }

    @Test
    public void aPurgeLeavesOneRecordThatSaysSoAndTheTotalCountsOn() throws BACnetException {
        Play play = play("purge=10m");
        Client client = minutes(play, 9);
        assertEquals(10, client.number(play.log(), recordCount));
        minutes(play, 10);
        assertEquals(1, client.number(play.log(), recordCount));
        assertEquals(11, client.number(play.log(), totalRecordCount));
        LogRecord record = client.all(play.log()).get(0);
        assertEquals(new LogStatus(false, true, false), record.getChoice());
        assertEquals("12:10:00", clock(record));
        minutes(play, 12);
        assertEquals(13, client.number(play.log(), totalRecordCount));
        assertEquals(List.of("12:10:00", "12:11:00", "12:12:00"), clocks(client.all(play.log())));
        assertEquals(3, client.records(Client.bySequence(play.log(), 11, 10)).size());
        minutes(play, 20);
        assertEquals(1, client.number(play.log(), recordCount));
        assertEquals(21, client.number(play.log(), totalRecordCount));
    }

    @Test
    public void aResetForgetsRecordsAndNumbers() throws BACnetException {
        Play play = play("reset=10m");
        Client client = minutes(play, 10);
        assertEquals(0, client.number(play.log(), recordCount));
        assertEquals(0, client.number(play.log(), totalRecordCount));
        minutes(play, 12);
        assertEquals(2, client.number(play.log(), totalRecordCount));
        ReadRangeAck ack = client.ask(Client.bySequence(play.log(), 1, 10));
        assertEquals(2, ack.getItemCount().intValue());
        assertEquals(1, ack.getFirstSequenceNumber().intValue());
        assertEquals("12:11:00", clock((LogRecord) ack.getItemData().get(0)));
        assertEquals(0, client.records(Client.bySequence(play.log(), 11, 10)).size());
    }

    @Test
    public void aDisabledLogSaysWhenAndMakesNoRecordsBetween() throws BACnetException {
        Play play = play("disable=3m/10m");
        Client client = minutes(play, 12);
        assertEquals(Boolean.FALSE, client.property(play.log().id(), enable));
        assertEquals(11, client.number(play.log(), totalRecordCount));
        minutes(play, 14);
        assertEquals(Boolean.TRUE, client.property(play.log().id(), enable));
        List<LogRecord> records = client.records(Client.bySequence(play.log(), 10, 10));
        assertEquals(List.of("12:09:00", "12:10:00", "12:13:00", "12:14:00"), clocks(records));
        assertEquals(new LogStatus(true, false, false), records.get(1).getChoice());
        assertEquals(new LogStatus(false, false, false), records.get(2).getChoice());
    }

    @Test
    public void aPowerLossIsSilentAndLeavesARecord() throws BACnetException {
        Play play = play("power-loss=3m/10m");
        Client client = minutes(play, 12);
        assertTrue(play.device().isOff());
        minutes(play, 14);
        assertFalse(play.device().isOff());
        List<LogRecord> records = client.records(Client.bySequence(play.log(), 10, 10));
        assertEquals(List.of("12:09:00", "12:13:00", "12:14:00"), clocks(records));
        assertEquals(new LogStatus(false, false, true), records.get(1).getChoice());
    }

    @Test
    public void aClockThatJumpsSaysByHowMuchAndJumpsBackTheNextTime() throws BACnetException {
        Play play = play("clock-jump=-1h/10m");
        Client client = minutes(play, 21);
        List<LogRecord> records = client.records(Client.bySequence(play.log(), 10, 20));
        assertEquals("12:09:00", clock(records.get(0)));
        assertEquals("11:10:00", clock(records.get(1)));
        assertEquals(new Real(-3600), records.get(1).getChoice());
        assertEquals("11:11:00", clock(records.get(2)));
        assertEquals("11:19:00", clock(records.get(10)));
        assertEquals("12:20:00", clock(records.get(11)));
        assertEquals(new Real(3600), records.get(11).getChoice());
        assertEquals("12:21:00", clock(records.get(12)));
    }

    @Test
    public void afterAJumpBackByTimeStillBeginsAtTheOldEnd() throws BACnetException {
        Play play = play("clock-jump=-1h/10m");
        Client client = minutes(play, 15);
        WallTime reference = play.device().clock().wall(NOON.plusSeconds(8 * 60).toEpochMilli());
        assertEquals(List.of("12:09:00", "11:10:00", "11:11:00"),
                clocks(client.records(Client.byTime(play.log(), reference, 3))));
        assertEquals(List.of("11:14:00", "11:15:00"), clocks(client.records(Client.byTime(play.log(), reference, -2))));
    }

    @Test
    public void numbersGoOnWithOneAfterTheLast() throws BACnetException {
        Play play = play("first-sequence=4294967290");
        Client client = minutes(play, 5);
        assertEquals(4_294_967_295L, client.number(play.log(), totalRecordCount));
        minutes(play, 8);
        assertEquals(3, client.number(play.log(), totalRecordCount));
        ReadRangeAck across = client.ask(Client.bySequence(play.log(), 4_294_967_294L, 4));
        assertEquals(4_294_967_294L, across.getFirstSequenceNumber().longValue());
        assertEquals(4, across.getItemCount().intValue());
        ReadRangeAck after = client.ask(Client.bySequence(play.log(), 1, 10));
        assertEquals("12:06:00", clock((LogRecord) after.getItemData().get(0)));
        assertEquals(3, after.getItemCount().intValue());
        assertEquals(0, client.records(Client.bySequence(play.log(), 4, 1)).size());
        assertEquals(0, client.records(Client.bySequence(play.log(), 4_294_967_289L, 1)).size());
    }

    @Test
    public void recordsThatCannotBeDecodedStandBetweenGoodOnes() throws BACnetException {
        for (String fault : new String[] {"truncated-record=4", "unknown-choice=4"}) {
            Play play = play(fault);
            Client client = minutes(play, 9);
            assertEquals(3, client.records(Client.bySequence(play.log(), 1, 3)).size());
            assertThrows(Exception.class, () -> client.records(Client.bySequence(play.log(), 4, 1)));
            assertThrows(Exception.class, () -> client.records(Client.bySequence(play.log(), 1, 10)));
            assertEquals(3, client.records(Client.bySequence(play.log(), 5, 3)).size());
        }
    }

    @Test
    public void aRecordMayHaveNoTime() throws BACnetException {
        Play play = play("no-time=3");
        List<LogRecord> records = minutes(play, 3).all(play.log());
        assertEquals("12:01:00", clock(records.get(1)));
        assertEquals(WallTime.UNSPECIFIED.date(), records.get(2).getTimestamp().getDate());
        assertEquals(WallTime.UNSPECIFIED.time(), records.get(2).getTimestamp().getTime());
    }

    private static Play play(String fault) {
        return new Play(NOON, "--time-zone=UTC", "--anchor=" + NOON, "--interval=60", "--fault=" + fault);
    }

    private static Client minutes(Play play, int minutes) {
        play.at(NOON.plusSeconds(minutes * 60L));
        return new Client(play.device());
    }

    private static List<String> clocks(List<LogRecord> records) {
        return records.stream().map(LogFaultsTest::clock).toList();
    }

    private static String clock(LogRecord record) {
        var time = record.getTimestamp().getTime();
        return String.format("%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
    }
}
