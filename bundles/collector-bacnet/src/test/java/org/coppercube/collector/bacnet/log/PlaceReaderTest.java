// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BinaryOperator;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.Hex;
import org.coppercube.collector.bacnet.MemoryIntake;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.Questions;
import org.junit.After;
import org.junit.Test;

/** What becomes of a log whose device does not number its records. */
public class PlaceReaderTest {
    private static final TrendLogId ID = new TrendLogId("hq", 1, TrendLogId.Kind.TL, 1);
    private static final String BAD = "4cdeadbeef";
    private static final LocalDateTime START = LocalDateTime.parse("2026-11-23T04:00:00");

    private final MemoryIntake intake = new MemoryIntake();
    private final MemoryDevice device = new MemoryDevice(intake);
    private final RingLog log = device.log(ID, 100, Duration.ofMinutes(1)).withoutTotal();
    private final List<Long> made = new ArrayList<>();
    private int minute;

    @After
    public void close() {
        device.close();
    }

    private void add(int count) {
        add(log, count);
    }

    private void add(RingLog to, int count) {
        for (int i = 0; i < count; i++) {
            to.add(START.plusMinutes(minute++), RingLog.unsigned(made.size()));
            made.add((long) made.size());
        }
    }

    private void visit(String story) throws Exception {
        visit(device, story);
    }

    private void visit(MemoryDevice visited, String story) throws Exception {
        assertNull(visited.visit());
        assertEquals("", visited.collected(0).trouble());
        assertEquals(story, Story.of(intake, ID));
    }

    private List<Long> values() {
        return intake.samples(ID, 1).stream().map(Sample::reading).filter(one -> one instanceof Reading.Unsigned)
                .map(one -> ((Reading.Unsigned) one).value()).toList();
    }

    private LogState.Mode mode() {
        return device.collected(0).mode();
    }

    @Test
    public void goesOnBehindTheLastRecordsTime() throws Exception {
        add(80);
        visit("1: 1-80");
        assertEquals(LogState.Mode.TIME, mode());
        int asked = device.asked();
        visit("1: 1-80");
        assertEquals("one question where nothing is new", asked + 1, device.asked());
        add(90);
        visit("1: 1-170");
        assertEquals("the newest, twice some, and then none", asked + 5, device.asked());
        assertEquals(made, values());
        assertEquals(LogState.Mode.TIME, mode());
    }

    @Test
    public void readsByPositionWhereTheDeviceDoesNotAnswerByTime() throws Exception {
        log.withoutTime();
        add(80);
        visit("1: 1-80");
        assertEquals(LogState.Mode.POSITION, mode());
        visit("1: 1-80");
        int asked = device.asked();
        add(90);
        visit("1: 1-170");
        assertEquals("the newest, twice backwards, twice on: it is not asked by time again", asked + 5, device.asked());
        assertEquals(made, values());
    }

    @Test
    public void aDeviceThatGivesFewerThanAreAskedForIsReadInItsOwnSteps() throws Exception {
        log.withoutTime().withAtMost(7);
        add(80);
        visit("1: 1-80");
        add(20);
        visit("1: 1-100");
        int asked = device.asked();
        add(5);
        visit("1: 1-105");
        assertEquals("the newest, and those before it, now that its step is known", asked + 2, device.asked());
        assertEquals(made, values());
    }

    @Test
    public void aDeviceThatCountsAndDoesNotAnswerByNumberIsReadByTimeToo() throws Exception {
        RingLog other = device.log(new TrendLogId("hq", 1, TrendLogId.Kind.TL, 2), 100, Duration.ofMinutes(1))
                .withoutSequence();
        other.add(START, RingLog.unsigned(0));
        visit("");
        assertEquals("1: 1", Story.of(intake, new TrendLogId("hq", 1, TrendLogId.Kind.TL, 2)));
        assertEquals(LogState.Mode.TIME, device.collected(1).mode());
        device.collected(1).describe(device.collected(1).description());
        assertNull("it is found out again", device.collected(1).mode());
        other.add(START.plusMinutes(1), RingLog.unsigned(1));
        visit("");
        assertEquals("1: 1-2", Story.of(intake, new TrendLogId("hq", 1, TrendLogId.Kind.TL, 2)));
    }

    @Test
    public void aClockThatIsOffByAHundredYearsMakesNoHundredYearsOfLosses() throws Exception {
        add(5);
        visit("1: 1-5");
        log.clear();
        log.add(START.plusYears(100), RingLog.unsigned(70));
        visit("1: 1-5 OVERFLOW 6 7");
        log.clear();
        log.add(START.plusDays(1), RingLog.unsigned(71));
        visit("1: 1-5 OVERFLOW 6 7 OVERFLOW 8 9");
    }

    @Test
    public void whatWasOverwrittenIsEstimatedFromTheTimes() throws Exception {
        for (boolean byTime : new boolean[] {true, false}) {
            intake.forget();
            log.clear();
            made.clear();
            if (!byTime) {
                log.withoutTime();
            }
            device.collected(0).describe(device.collected(0).description());
            add(50);
            visit("1: 1-50");
            add(173);
            visit("1: 1-50 OVERFLOW 51-123 124-223");
            assertEquals(byTime ? LogState.Mode.TIME : LogState.Mode.POSITION, mode());
        }
    }

    @Test
    public void aClockThatWentBackHidesNothing() throws Exception {
        for (boolean byTime : new boolean[] {true, false}) {
            intake.forget();
            log.clear();
            made.clear();
            minute = 0;
            add(50);
            visit("1: 1-50");
            minute = -1000;
            add(10);
            visit("1: 1-60");
            add(10);
            visit("1: 1-70");
            minute = 20;
            add(15);
            visit("1: 1-85");
            assertEquals(made, values());
            log.withoutTime();
            device.collected(0).describe(device.collected(0).description());
        }
    }

    @Test
    public void recordsOfOneMomentAreToldApart() throws Exception {
        for (int i = 1; i <= 30; i++) {
            log.add(START.plusMinutes(i / 10), RingLog.unsigned(i));
        }
        visit("1: 1-30");
        for (int i = 31; i <= 45; i++) {
            log.add(START.plusMinutes(i / 10), RingLog.unsigned(i));
        }
        visit("1: 1-45");
    }

    @Test
    public void aDeviceWithoutAClockIsReadByPosition() throws Exception {
        for (int i = 1; i <= 30; i++) {
            log.add(null, RingLog.unsigned(i));
        }
        visit("1: 1-30");
        for (int i = 31; i <= 45; i++) {
            log.add(null, RingLog.unsigned(i));
        }
        visit("1: 1-45");
        assertEquals(LogState.Mode.POSITION, mode());
    }

    @Test
    public void aBufferThatMovesOnWhileItIsReadLosesAndDoublesNothing() throws Exception {
        for (boolean byTime : new boolean[] {true, false}) {
            for (int longest : new int[] {1476, 480, 50}) {
                intake.forget();
                made.clear();
                try (MemoryDevice other = new MemoryDevice(intake)) {
                    RingLog moving = other.log(ID, 100, Duration.ofMinutes(1)).withoutTotal();
                    if (!byTime) {
                        moving.withoutTime();
                    }
                    visitMoving(other, moving, longest);
                }
                List<Long> held = values();
                assertEquals("by time " + byTime + ", " + longest,
                        made.subList(made.indexOf(held.get(0)), made.size()), held);
            }
        }
    }

    private void visitMoving(MemoryDevice other, RingLog moving, int longest) throws Exception {
        int[] number = {0};
        int pace = longest > 50 ? 4 : 20;
        BinaryOperator<byte[]> small = small(longest);
        add(moving, 100);
        other.script((request, answer) -> {
            if (request[3] == Questions.READ_RANGE && ++number[0] % pace == 0) {
                add(moving, 1);
            }
            return small.apply(request, answer);
        });
        for (int i = 0; i < 10; i++) {
            assertNull(other.visit());
            add(moving, 7);
        }
        other.script(small);
        assertNull(other.visit());
    }

    private static BinaryOperator<byte[]> small(int longest) {
        return (request, answer) -> answer.length > longest ? new byte[] {0x71, request[2], 4} : answer;
    }

    @Test
    public void aBadRecordIsPassedOver() throws Exception {
        byte[][] refusals = {{0x71, 0, 4}, Hex.bytes("50001a91009119"), Hex.bytes("30001a0c")};
        for (byte[] refusal : refusals) {
            for (boolean byTime : new boolean[] {true, false}) {
                intake.forget();
                try (MemoryDevice other = new MemoryDevice(intake)) {
                    RingLog bad = other.log(ID, 100, Duration.ofMinutes(1)).withoutTotal();
                    if (!byTime) {
                        bad.withoutTime();
                    }
                    passOver(other, bad, refusal);
                }
            }
        }
    }

    private void passOver(MemoryDevice other, RingLog bad, byte[] refusal) throws Exception {
        BinaryOperator<byte[]> script = (request, answer) -> {
            byte[] said = refusal.clone();
            said[1] = request[2];
            return new Part(answer).hex().contains(BAD) ? said : answer;
        };
        other.script(script);
        add(bad, 40);
        bad.add(START.plusMinutes(minute++), BAD);
        add(bad, 40);
        visit(other, "1: 1-40 UNDECODABLE 41 42-81");
        visit(other, "1: 1-40 UNDECODABLE 41 42-81");
        bad.add(START.plusMinutes(minute++), BAD);
        visit(other, "1: 1-40 UNDECODABLE 41 42-81 UNDECODABLE 82");
        visit(other, "1: 1-40 UNDECODABLE 41 42-81 UNDECODABLE 82");
        add(bad, 5);
        visit(other, "1: 1-40 UNDECODABLE 41 42-81 UNDECODABLE 82 83-87");
        bad.add(START.plusMinutes(minute++), BAD);
        visit(other, "1: 1-40 UNDECODABLE 41 42-81 UNDECODABLE 82 83-87 UNDECODABLE 88");
        other.script((request, answer) -> answer); // and now it can be read
        add(bad, 2);
        visit(other, "1: 1-40 UNDECODABLE 41 42-81 UNDECODABLE 82 83-87 UNDECODABLE 88 89-90");
        assertEquals((long) made.size() - 1, (long) values().get(values().size() - 1));
    }

    @Test
    public void aDeviceThatLearnsToNumberItsRecordsDoublesNothing() throws Exception {
        RingLog other = device.log(new TrendLogId("hq", 1, TrendLogId.Kind.TL, 2), 100, Duration.ofMinutes(1))
                .withoutSequence();
        TrendLogId id = new TrendLogId("hq", 1, TrendLogId.Kind.TL, 2);
        other.countFrom(7000);
        for (int i = 1; i <= 20; i++) {
            other.add(START.plusMinutes(i), RingLog.unsigned(i));
        }
        visit("");
        assertEquals("1: 1-20", Story.of(intake, id));
        other.withSequence();
        device.collected(1).describe(device.collected(1).description());
        for (int i = 21; i <= 30; i++) {
            other.add(START.plusMinutes(i), RingLog.unsigned(i));
        }
        visit("");
        assertEquals("1: 1-20, 2: 7021-7030", Story.of(intake, id));
        assertEquals(LogState.Mode.SEQUENCE, device.collected(1).mode());
    }

    @Test
    public void aDeviceThatNumbersItsRecordsNowAndThenLosesAndDoublesNothing() throws Exception {
        for (boolean byTime : new boolean[] {true, false}) {
            intake.forget();
            made.clear();
            try (MemoryDevice other = new MemoryDevice(intake)) {
                RingLog now = other.log(ID, 100, Duration.ofMinutes(1));
                now.countFrom(7000);
                if (!byTime) {
                    now.withoutTime();
                }
                for (int times = 1; times <= 3; times++) {
                    add(now, 30);
                    visit(other, LogState.Mode.SEQUENCE);
                    now.withoutSequence();
                    add(now, 30);
                    visit(other, byTime ? LogState.Mode.TIME : LogState.Mode.POSITION);
                    now.withSequence();
                    renumber(now, 7000 - 17 * times); // they are others than those that we have given
                    other.collected(0).describe(other.collected(0).description());
                }
                add(now, 30);
                visit(other, LogState.Mode.SEQUENCE);
            }
            assertEquals("by time " + byTime, made, allValues());
        }
    }

    private static void renumber(RingLog log, long before) {
        List<RingLog.Made> held = List.copyOf(log.held());
        log.clear();
        log.countFrom(before);
        held.forEach(one -> log.add(one.time(), one.datum()));
    }

    private List<Long> allValues() {
        List<Long> values = new ArrayList<>();
        for (int run = 1; !intake.samples(ID, run).isEmpty(); run++) {
            intake.samples(ID, run).forEach(one -> values.add(((Reading.Unsigned) one.reading()).value()));
        }
        return values;
    }

    private static void visit(MemoryDevice other, LogState.Mode mode) throws Exception {
        assertNull(other.visit());
        assertEquals("", other.collected(0).trouble());
        assertEquals(mode, other.collected(0).mode());
    }

    @Test
    public void afterAStartADeviceWithoutNumbersIsKnownAgain() throws Exception {
        add(10);
        visit("1: 1-10");
        forgetMode();
        add(10);
        visit("1: 1-20");
        assertEquals(LogState.Mode.TIME, mode());
        log.withTotal(); // but no record by its number
        log.withoutSequence();
        forgetMode();
        add(10);
        visit("1: 1-30");
    }

    private void forgetMode() {
        device.collected(0).readBy(null);
    }

    @Test
    public void anAnswerThatIsCutOffIsKeptOnceIfItIsTheSameEachTime() throws Exception {
        for (boolean byTime : new boolean[] {true, false}) {
            intake.forget();
            log.clear();
            add(41);
            byte[] broken = Hex.bytes(RingLog.unsigned(made.size() - 1));
            int[] cut = {0};
            int[] kinds = {2};
            device.script((request, answer) -> request[3] == Questions.READ_RANGE && contains(answer, broken)
                    ? Arrays.copyOf(answer, answer.length - 2 - cut[0]++ % kinds[0]) : answer);
            assertNull(device.visit());
            assertEquals("1: 1-40", Story.of(intake, ID));
            kinds[0] = 1;
            visit("1: 1-41");
            visit("1: 1-41");
            add(9);
            visit("1: 1-50");
            assertEquals(49, values().size());
            device.script((request, answer) -> answer);
            log.withoutTime();
            forgetMode();
        }
    }

    private static boolean contains(byte[] answer, byte[] datum) {
        return HexFormat.of().formatHex(answer).contains(HexFormat.of().formatHex(datum));
    }

    @Test
    public void aDeviceThatGivesMoreAndMoreIsNotReadForEver() throws Exception {
        add(10);
        visit("1: 1-10");
        add(1);
        device.script((request, answer) -> {
            if (request[3] == Questions.READ_RANGE) {
                add(1);
            }
            return answer;
        });
        assertNull(device.visit());
        assertTrue("asked " + device.asked(), device.asked() < 5_000);
    }

    @Test
    public void aDeviceThatRefusesEverythingLosesNothing() throws Exception {
        add(10);
        visit("1: 1-10");
        add(10);
        device.script((request, answer) -> request[3] == Questions.READ_RANGE
                ? new byte[] {0x71, request[2], 9} : answer);
        assertNull(device.visit());
        assertEquals("1: 1-10", Story.of(intake, ID));
        assertTrue(device.collected(0).trouble().length() > 0);
        device.script((request, answer) -> answer);
        visit("1: 1-20");
    }
}
