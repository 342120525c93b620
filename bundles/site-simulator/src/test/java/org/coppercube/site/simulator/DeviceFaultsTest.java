// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import com.serotonin.bacnet4j.exception.BACnetException;
import com.serotonin.bacnet4j.service.acknowledgement.ReadRangeAck;
import com.serotonin.bacnet4j.service.confirmed.ReadPropertyMultipleRequest;
import com.serotonin.bacnet4j.service.confirmed.ReadPropertyRequest;
import com.serotonin.bacnet4j.type.constructed.LogRecord;
import com.serotonin.bacnet4j.type.constructed.ReadAccessSpecification;
import com.serotonin.bacnet4j.type.constructed.SequenceOf;
import com.serotonin.bacnet4j.type.constructed.ServicesSupported;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.primitive.Boolean;
import com.serotonin.bacnet4j.type.primitive.Time;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.Test;

/** Faults in clocks, services and answers. */
public class DeviceFaultsTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String NOT_NUMBERED = "50071a" + "9102" + "91" + "8c";
    private static final String NOT_TIMESTAMPED = "50071a" + "9102" + "91" + "8d";

    @Test
    public void aClockIsOffByAConstant() throws BACnetException {
        assertEquals(new Time(11, 58, 30, 0), localTime(play("clock-off=-90s")));
        assertEquals(new Time(12, 1, 30, 0), localTime(play("clock-off=90s")));
    }

    @Test
    public void aClockDriftsFromTheAnchorOn() throws BACnetException {
        assertEquals(new Time(12, 0, 10, 0), localTime(new Play(NOON, "--time-zone=UTC",
                "--anchor=2026-11-22T12:00:00Z", "--fault=clock-drift=10s")));
        assertEquals(new Time(11, 59, 40, 0), localTime(new Play(NOON, "--time-zone=UTC",
                "--anchor=2026-11-21T12:00:00Z", "--fault=clock-drift=-10s")));
    }

    @Test
    public void aJumpMayGoUnmentioned() throws BACnetException {
        Play play = new Play(NOON, "--time-zone=UTC", "--anchor=2026-11-23T11:00:00Z", "--interval=60",
                "--fault=clock-jump-unlogged=1h/30m");
        play.at(Instant.parse("2026-11-23T11:31:00Z"));
        List<LogRecord> records = new Client(play.device()).records(Client.bySequence(play.log(), 30, 3));
        assertEquals(List.of(11, 12, 12), records.stream().map(r -> r.getTimestamp().getTime().getHour()).toList());
        assertTrue(records.stream().allMatch(LogRecord::isReal));
        assertEquals(new Time(12, 31, 0, 0), localTime(play));
    }

    @Test
    public void daylightSavingTimeRepeatsAnHourInAutumnAndSkipsOneInSpring() throws BACnetException {
        Play autumn = new Play(NOON, "--time-zone=Europe/Berlin", "--anchor=autumn", "--interval=900",
                "--buffer=100000");
        List<LogRecord> night = new Client(autumn.device()).records(Client.byPosition(autumn.log(), 48, 9));
        assertEquals(List.of("1:45", "2:0", "2:15", "2:30", "2:45", "2:0", "2:15", "2:30", "2:45"), times(night));
        Play spring = new Play(NOON, "--time-zone=Europe/Berlin", "--anchor=spring", "--interval=900",
                "--buffer=100000");
        night = new Client(spring.device()).records(Client.byPosition(spring.log(), 52, 2));
        assertEquals(List.of("1:45", "3:0"), times(night));
        spring.at(Instant.parse("2026-07-01T00:00:00Z"));
        assertEquals(Boolean.TRUE, new Client(spring.device())
                .property(spring.device().id(), PropertyIdentifier.daylightSavingsStatus));
    }

    @Test
    public void byTimeTheFirstThatTheClockShowedLaterIsMeant() throws BACnetException {
        Play autumn = new Play(NOON, "--time-zone=Europe/Berlin", "--anchor=autumn", "--interval=900", "--buffer=200");
        autumn.at(Instant.parse("2026-10-25T14:00:00Z")); // 105 records; 2:00 is number 49, and 53 is 2:00 again
        int[] first = {49, 50, 51, 52, 57, 50, 51, 52, 57, 58};
        for (int i = 0; i < first.length; i++) {
            WallTime reference = autumn.device().clock().wall(autumn.log().timeline().timeOf(48 + i));
            ReadRangeAck ack = new Client(autumn.device()).ask(Client.byTime(autumn.log(), reference, 1));
            assertEquals("after number " + (48 + i), first[i], ack.getFirstSequenceNumber().intValue());
        }
    }

    @Test
    public void withoutSequenceNumbersThereIsNoTotalAndNoFirst() throws BACnetException {
        Play play = play("no-sequence");
        Client client = new Client(play.device());
        assertEquals(NOT_NUMBERED, client.answer(Client.bySequence(play.log(), 1, 5)));
        assertEquals("50070c" + "9102" + "9120", client.answer(
                new ReadPropertyRequest(play.log().id(), PropertyIdentifier.totalRecordCount)));
        ReadRangeAck byTime = client.ask(Client.byTime(play.log(), wall(play, NOON.minusSeconds(60)), 5));
        assertEquals(3, byTime.getItemCount().intValue());
        assertNull(byTime.getFirstSequenceNumber());
        assertEquals(new UnsignedInteger(2),
                client.property(play.device().id(), PropertyIdentifier.protocolRevision));
        assertEquals(5, client.records(Client.byPosition(play.log(), 1, 5)).size());
    }

    @Test
    public void byPositionMayBeTheOnlyWay() throws BACnetException {
        Play play = play("by-position-only");
        Client client = new Client(play.device());
        assertEquals(NOT_NUMBERED, client.answer(Client.bySequence(play.log(), 1, 5)));
        assertEquals(NOT_TIMESTAMPED, client.answer(Client.byTime(play.log(), wall(play, NOON), 5)));
        assertEquals(5, client.records(Client.byPosition(play.log(), 1, 5)).size());
    }

    @Test
    public void readPropertyMultipleMayBeUnknown() throws BACnetException {
        Play play = play("no-rpm");
        Client client = new Client(play.device());
        assertEquals("600709", client.answer(new ReadPropertyMultipleRequest(new SequenceOf<>(
                new ReadAccessSpecification(play.device().id(), PropertyIdentifier.objectName)))));
        ServicesSupported services = client.property(play.device().id(), PropertyIdentifier.protocolServicesSupported);
        assertFalse(services.isReadPropertyMultiple());
        assertTrue(services.isReadProperty());
    }

    @Test
    public void aSmallApduIsToldAndKept() throws BACnetException {
        for (int size : new int[] {50, 128, 206, 480}) {
            Play play = play("max-apdu=" + size);
            Client client = new Client(play.device());
            assertEquals(new UnsignedInteger(size),
                    client.property(play.device().id(), PropertyIdentifier.maxApduLengthAccepted));
            String told = (size < 256 ? "21" : "2201") + String.format("%02x", size & 255);
            assertTrue(iAm(play.device()).contains("c4020003e9" + told));
            String records = client.answer(Client.byPosition(play.log(), 1, 1000));
            assertTrue(records.length() <= 2 * size);
            assertTrue(records.startsWith("30071a"));
            ReadAccessSpecification all = new ReadAccessSpecification(play.device().id(), PropertyIdentifier.all);
            assertEquals("710701", client.answer(new ReadPropertyMultipleRequest(new SequenceOf<>(all, all))));
        }
    }

    @Test
    public void aRangeThatIsTooLongIsAborted() throws BACnetException {
        Play play = play("range-limit=7");
        Client client = new Client(play.device());
        assertEquals("710701", client.answer(Client.byPosition(play.log(), 1, 8)));
        assertEquals(7, client.records(Client.byPosition(play.log(), 1, 7)).size());
    }

    @Test
    public void anAnswerMayBeOfAnotherObjectOrProperty() throws BACnetException {
        Play play = play("wrong-object");
        assertNotEquals(play.log().id(), first(play).getObjectIdentifier());
        assertEquals(PropertyIdentifier.presentValue, first(play("wrong-property")).getPropertyIdentifier());
    }

    @Test
    public void anItemCountMayBeALie() throws BACnetException {
        assertTrue(answer(play("count-too-high")).contains("4904" + "5e")); // three records follow
        assertTrue(answer(play("count-too-low")).contains("4902" + "5e"));
    }

    @Test
    public void aFirstSequenceNumberMayBeWrongOldOrMissing() throws BACnetException {
        Play sound = play("first-wrong=1%@1002");
        long asked = asked(sound);
        assertEquals(asked, first(sound).getFirstSequenceNumber().longValue());
        assertEquals(asked + 7, first(play("first-wrong")).getFirstSequenceNumber().longValue());
        assertNull(first(play("first-missing")).getFirstSequenceNumber());
        ReadRangeAck old = first(play("first-old"));
        assertEquals(asked - 10, old.getFirstSequenceNumber().longValue());
        assertEquals(3, old.getItemCount().intValue());
        assertEquals(new Client(sound.device()).records(Client.bySequence(sound.log(), asked - 10, 3)),
                old.getItemData().getValues());
    }

    @Test
    public void moreMayBePromisedForEver() throws BACnetException {
        Play play = play("more-forever");
        Client client = new Client(play.device());
        long newest = play.log().newest(NOON.toEpochMilli());
        ReadRangeAck last = client.ask(Client.bySequence(play.log(), newest, 5));
        assertEquals(1, last.getItemCount().intValue());
        assertTrue(last.getResultFlags().isMoreItems());
        assertFalse(last.getResultFlags().isLastItem());
        ReadRangeAck none = client.ask(Client.bySequence(play.log(), newest + 1, 5));
        assertEquals(0, none.getItemCount().intValue());
        assertTrue(none.getResultFlags().isMoreItems());
    }

    @Test
    public void aTotalMayGoBackwardsForAWhile() throws BACnetException {
        Play play = play("total-backwards=50%");
        Client client = new Client(play.device());
        long newest = play.log().newest(NOON.toEpochMilli());
        long lower = 0;
        for (int i = 0; i < 100; i++) {
            long total = client.number(play.log(), PropertyIdentifier.totalRecordCount);
            assertTrue(total == newest || total == newest / 2);
            lower += total == newest ? 0 : 1;
        }
        assertEquals(50, lower, 25);
    }

    @Test
    public void aTwinHasTheSameInstanceAndIsAnotherDevice() throws BACnetException {
        Play play = new Play(NOON, "--devices=3", "--fault=twin@1002");
        assertEquals(List.of(1001, 1002, 1003, 1002), play.devices().stream().map(Controller::instance).toList());
        for (PropertyIdentifier property : new PropertyIdentifier[] {PropertyIdentifier.objectName,
            PropertyIdentifier.vendorIdentifier, PropertyIdentifier.vendorName}) {
            assertNotEquals(property.toString(), new Client(play.devices().get(1)).property(
                    play.devices().get(1).id(), property),
                    new Client(play.devices().get(3)).property(play.devices().get(3).id(), property));
        }
        assertTrue(iAm(play.devices().get(1)).endsWith("22022b"));
        assertTrue(iAm(play.devices().get(3)).endsWith("22022c"));
    }

    private static String iAm(Controller device) {
        return HexFormat.of().formatHex(Unconfirmed.iAm(device));
    }

    private static Play play(String fault) {
        return new Play(NOON, "--devices=2", "--time-zone=UTC", "--fault=" + fault);
    }

    private static long asked(Play play) {
        return play.log().newest(NOON.toEpochMilli()) - 100;
    }

    private static ReadRangeAck first(Play play) throws BACnetException {
        return new Client(play.device()).ask(Client.bySequence(play.log(), asked(play), 3));
    }

    private static String answer(Play play) {
        return new Client(play.device()).answer(Client.bySequence(play.log(), asked(play), 3));
    }

    private static Time localTime(Play play) throws BACnetException {
        return new Client(play.device()).property(play.device().id(), PropertyIdentifier.localTime);
    }

    private static WallTime wall(Play play, Instant moment) {
        return play.device().clock().wall(moment.toEpochMilli());
    }

    private static List<String> times(List<LogRecord> records) {
        return records.stream().map(LogRecord::getTimestamp)
                .map(t -> t.getTime().getHour() + ":" + t.getTime().getMinute()).toList();
    }
}
