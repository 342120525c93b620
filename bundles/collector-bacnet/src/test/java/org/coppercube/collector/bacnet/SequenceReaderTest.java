// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.stream.LongStream;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.junit.After;
import org.junit.Test;

/** What becomes of a log whose device numbers its records. */
public class SequenceReaderTest {
    private static final TrendLogId ID = new TrendLogId("hq", 1, TrendLogId.Kind.TL, 1);
    private static final LocalDateTime START = LocalDateTime.parse("2026-11-23T04:00:00");
    private static final long LAST = Counts.LAST_NUMBER;

    private final MemoryIntake intake = new MemoryIntake();
    private final MemoryDevice device = new MemoryDevice(intake);
    private final RingLog log = device.log(ID, 100, Duration.ofMinutes(1));
    private int minute;

    @After
    public void close() {
        device.close();
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            log.add(START.plusMinutes(minute), RingLog.unsigned(minute++));
        }
    }

    private void add(String datum) {
        log.add(START.plusMinutes(minute++), datum);
    }

    private void visit(String story) throws Exception {
        assertNull(device.visit());
        assertEquals(story, Story.of(intake, ID));
    }

    @Test
    public void isReadByNumberFromTheOldestThatIsHeld() throws Exception {
        add(130);
        visit("1: 31-130");
        assertEquals(LogState.Mode.SEQUENCE, device.collected(0).mode());
        int asked = device.asked();
        visit("1: 31-130");
        assertEquals("nothing is asked where nothing is new", asked, device.asked());
        add(1);
        visit("1: 31-131");
        assertEquals(asked + 1, device.asked());
    }

    @Test
    public void everyMissingNumberIsInOneGapWithItsCause() throws Exception {
        add(50);
        visit("1: 1-50");
        add(173);
        visit("1: 1-50 OVERFLOW 51-123 124-223");
        add(7);
        log.clear();
        add(RingLog.PURGED);
        add(2);
        visit("1: 1-50 OVERFLOW 51-123 124-223 PURGE 224-230 231-233");
        add(3);
        log.clear();
        add(RingLog.DISABLED);
        visit("1: 1-50 OVERFLOW 51-123 124-223 PURGE 224-230 231-233 LOG_DISABLED 234-236 237");
        add(3);
        log.clear();
        add(RingLog.INTERRUPTED);
        visit("1: 1-50 OVERFLOW 51-123 124-223 PURGE 224-230 231-233 LOG_DISABLED 234-236 237 LOG_DISABLED 238-240 241");
    }

    @Test
    public void whatADeviceThatIsSilentOverwritesIsLostBecauseItIsAway() throws Exception {
        add(10);
        visit("1: 1-10");
        device.network(1, 1, 0);
        assertNotNull(device.visit());
        device.network(1, 0, 0);
        add(120);
        visit("1: 1-10 DEVICE_AWAY 11-30 31-130");
        add(120);
        visit("1: 1-10 DEVICE_AWAY 11-30 31-130 OVERFLOW 131-150 151-250");
    }

    @Test
    public void whatWasOverwrittenBeforeADeviceFellSilentIsNotBecauseItIsAway() throws Exception {
        TrendLogId id = new TrendLogId("hq", 1, TrendLogId.Kind.TL, 2);
        RingLog fast = device.log(id, 1, Duration.ofMillis(10)); // it overflows while the device is asked in vain
        fast.add(START, RingLog.unsigned(1));
        visit("");
        device.network(1, 1, 0);
        assertNotNull(device.visit());
        device.network(1, 0, 0);
        fast.add(START.plusSeconds(1), RingLog.unsigned(2));
        fast.add(START.plusSeconds(2), RingLog.unsigned(3));
        visit("");
        assertEquals("1: 1 OVERFLOW 2 3", Story.of(intake, id));
    }

    @Test
    public void aLogThatStartsAgainLosesWhatItHadMadeSinceAndIsCountedFromOne() throws Exception {
        add(20);
        visit("1: 1-20");
        add(5);
        log.reset();
        add(3);
        visit("1: 1-20 SEQUENCE_RESET 21-25, 2: 1-3");
        assertEquals(START.plusMinutes(25), WallClock.local(Account.shown(intake.samples(ID, 1).get(20))));
        log.reset();
        add(1);
        log.clear();
        add(1);
        visit("1: 1-20 SEQUENCE_RESET 21-25, 2: 1-3, 3: OVERFLOW 1 2");
    }

    @Test
    public void aLogThatStartsAgainWithAnotherRecordUnderOurNumberIsNoticed() throws Exception {
        add(20);
        visit("1: 1-20");
        log.reset();
        add(30);
        visit("1: 1-20, 2: 1-30");
    }

    @Test
    public void aDeviceThatNumbersItsBufferAnewDoublesNothing() throws Exception {
        log.countFrom(5000);
        add(80);
        visit("1: 5001-5080");
        renumber(0);
        visit("1: 5001-5080");
        add(4);
        visit("1: 5001-5080, 2: 81-84");
        renumber(700);
        add(1);
        visit("1: 5001-5080, 2: 81-84, 3: 785");
    }

    private void renumber(long total) {
        var held = new java.util.ArrayList<>(log.held());
        log.clear();
        log.countFrom(total);
        held.forEach(made -> log.add(made.time(), made.datum()));
    }

    @Test
    public void numbersThatBeginAgainAfterTheLastAreReadOn() throws Exception {
        log.countFrom(LAST - 30);
        add(20);
        visit("1: %d-%d".formatted(LAST - 29, LAST - 10));
        add(25);
        visit("1: %d-%d, 2: 1-15".formatted(LAST - 29, LAST));
        add(120);
        visit("1: %d-%d, 2: 1-15 OVERFLOW 16-35 36-135".formatted(LAST - 29, LAST));
    }

    @Test
    public void aFirstVisitMayFallIntoTheWrap() throws Exception {
        log.countFrom(LAST - 30);
        add(150);
        visit("1: 21-120");
        log.reset();
        intake.forget();
        log.countFrom(LAST - 30);
        add(60);
        visit("1: %d-%d, 2: 1-30".formatted(LAST - 29, LAST));
    }

    @Test
    public void whatIsLostWhileTheNumbersBeginAgainIsCountedToTheRecord() throws Exception {
        log.countFrom(LAST - 200);
        add(10);
        visit("1: %d-%d".formatted(LAST - 199, LAST - 190));
        add(230);
        visit("1: %d-%d WRAP %d-%d %d-%d, 2: 1-40".formatted(LAST - 199, LAST - 190, LAST - 189, LAST - 60, LAST - 59,
                LAST));
        intake.forget();
        log.reset();
        log.countFrom(LAST - 10);
        add(5);
        visit("1: %d-%d".formatted(LAST - 9, LAST - 5));
        add(125);
        visit("1: %d-%d WRAP %d-%d, 2: WRAP 1-20 21-120".formatted(LAST - 9, LAST - 5, LAST - 4, LAST));
    }

    @Test
    public void theLastNumberItselfIsNoEnd() throws Exception {
        log.countFrom(LAST - 10);
        add(10);
        visit("1: %d-%d".formatted(LAST - 9, LAST));
        add(1);
        visit("1: %d-%d, 2: 1".formatted(LAST - 9, LAST));
        add(1);
        visit("1: %d-%d, 2: 1-2".formatted(LAST - 9, LAST));
    }

    @Test
    public void aDeviceWhoseCountComesLateHasNotStartedAgain() throws Exception {
        log.withoutTime();
        add(20);
        visit("1: 1-20");
        int[] late = {3};
        device.script((request, answer) -> {
            if (request[3] == Questions.READ_PROPERTY_MULTIPLE && late[0]-- > 0) {
                answer[answer.length - 3] = 17;
            }
            return answer;
        });
        visit("1: 1-20");
        visit("1: 1-20");
        visit("1: 1-20");
        add(1);
        visit("1: 1-21");
    }

    @Test
    public void aRecordThatNobodyCanReadIsPassedOver() throws Exception {
        add(60);
        device.script((request, answer) -> holds(request, 33) ? new byte[] {0x71, request[2], 4} : answer);
        visit("1: 1-32 UNDECODABLE 33 34-60");
        assertTrue("asked " + device.asked(), device.asked() < 35);
        add(10);
        visit("1: 1-32 UNDECODABLE 33 34-70");
    }

    @Test
    public void recordsThatTheDeviceCountsAndNeverGivesArePassedOver() throws Exception {
        add(60);
        device.script((request, answer) -> holds(request, 33) || holds(request, 34)
                ? FenceTest.hex("30%02x1a0c0500000119833a050049005e5f".formatted(request[2])) : answer);
        assertNull(device.visit());
        assertEquals("1: 1-32 UNDECODABLE 33-34 35-60", Story.of(intake, ID));
    }

    @Test
    public void anErrorForOneRecordIsIsolated() throws Exception {
        add(60);
        device.script((request, answer) -> holds(request, 60)
                ? FenceTest.hex("50%02x1a91009119".formatted(request[2])) : answer);
        visit("1: 1-59 UNDECODABLE 60");
    }

    @Test
    public void aRecordWhoseTagsAreBrokenIsKeptWithItsBytes() throws Exception {
        add(10);
        add("ff00ff");
        add(10);
        visit("1: 1-21");
        assertTrue(intake.samples(ID, 1).get(10).reading() instanceof Reading.Undecodable damaged
                && damaged.raw().contains("ff00ff"));
    }

    @Test
    public void anAnswerThatIsCutOffIsKeptOnlyIfItIsTheSameEachTime() throws Exception {
        add(60);
        int[] cut = {0};
        device.script((request, answer) -> holds(request, 33)
                ? Arrays.copyOf(answer, answer.length - 8 - cut[0]++ % 2) : answer);
        assertNull(device.visit());
        assertEquals("1: 1-32", Story.of(intake, ID));
        assertTrue(device.collected(0).trouble().length() > 0);
        device.script((request, answer) -> holds(request, 33) ? Arrays.copyOf(answer, answer.length - 8) : answer);
        visit("1: 1-60");
        assertTrue(intake.samples(ID, 1).get(32).reading() instanceof Reading.Undecodable);
        assertEquals(59, intake.samples(ID, 1).stream().filter(one -> one.reading() instanceof Reading.Unsigned).count());
    }

    @Test
    public void aRecordWhoseTagsAreBrokenForAWhileIsReadInTheEnd() throws Exception {
        add(10);
        int[] times = {0};
        device.script((request, answer) -> {
            if (request[3] == Questions.READ_RANGE && times[0]++ < 3) {
                answer[29] = (byte) (0xF9 + times[0]); // in the first record, the tag of its value
            }
            return answer;
        });
        visit("1: 1-10");
        assertTrue(intake.samples(ID, 1).stream()
                .allMatch(one -> one.reading().equals(new Reading.Unsigned(one.sequence() - 1))));
    }

    @Test
    public void aCountThatIsTooHighMakesNoGap() throws Exception {
        add(20);
        visit("1: 1-20");
        byte[][] beyond = {null, FenceTest.hex("50001a91009119")};
        for (byte[] answerBeyond : beyond) {
            device.script((request, answer) -> {
                if (request[3] == Questions.READ_PROPERTY_MULTIPLE) {
                    answer[answer.length - 4] = 1; // 256 more
                } else if (answerBeyond != null && request[11] == 0x6E && first(request) > log.total()) {
                    byte[] said = answerBeyond.clone();
                    said[1] = request[2];
                    return said;
                }
                return answer;
            });
            add(5);
            assertNull(device.visit());
            assertTrue(intake.samples(ID, 1).stream().noneMatch(one -> one.reading() instanceof Reading.Gap));
        }
        device.script((request, answer) -> answer);
        add(5);
        visit("1: 1-35");
    }

    @Test
    public void nonsenseForAWhileDoesNotChangeHowALogIsRead() throws Exception {
        add(20);
        visit("1: 1-20");
        List<BinaryOperator<byte[]>> nonsense = List.of((request, answer) -> {
            if (request[3] == Questions.READ_RANGE) { // no first number
                return Arrays.copyOf(answer, answer[14] == 0 ? answer.length : answer.length - 5);
            }
            return answer;
        }, (request, answer) -> {
            if (request[3] == Questions.READ_PROPERTY_MULTIPLE) { // a total that is none
                answer[answer.length - 7] = 0x34;
            }
            return answer;
        }, (request, answer) -> new Random(device.asked()).nextBoolean() || request[3] != Questions.READ_RANGE ? answer
                : new byte[] {0x60, request[2], (byte) device.asked()});
        for (BinaryOperator<byte[]> one : nonsense) {
            device.script(one);
            add(5);
            for (int i = 0; i < 3; i++) {
                assertNull(device.visit());
                assertEquals(LogState.Mode.SEQUENCE, device.collected(0).mode());
            }
        }
        device.script((request, answer) -> answer);
        visit("1: 1-35");
    }

    @Test
    public void aDeviceThatUnlearnsToNumberIsReadByTime() throws Exception {
        add(20);
        visit("1: 1-20");
        log.withoutTotal();
        log.withoutSequence();
        add(5);
        visit("1: 1-25");
        assertEquals(LogState.Mode.TIME, device.collected(0).mode());
    }

    private static long first(byte[] request) {
        return LongStream.rangeClosed(1, 1000).filter(number -> holds(request, number)).findFirst().orElse(0);
    }

    private static boolean holds(byte[] request, long number) {
        try {
            if (request[3] != Questions.READ_RANGE) {
                return false;
            }
            Tags tags = new Part(request, 11, request.length).tags().next();
            Tags range = tags.rest().tags();
            long first = range.application(2).unsigned();
            return first <= number && number < first + range.application(3).signed();
        } catch (java.net.ProtocolException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    public void aDeviceThatRefusesLosesNothing() throws Exception {
        add(50);
        visit("1: 1-50");
        byte[][] refusals = {{0x71, 0, 4}, {0x71, 0, 9}, {0x60, 0, 2}, RingLog.UNSUPPORTED};
        for (byte[] refusal : refusals) {
            add(10);
            device.script((request, answer) -> {
                byte[] said = refusal.clone();
                said[1] = request[2];
                return request[3] == Questions.READ_RANGE ? said : answer;
            });
            for (int i = 0; i < 3; i++) {
                assertNull(device.visit());
                assertTrue(device.collected(0).state(Duration.ofHours(4), null, "").cause().length() > 0);
            }
        }
        assertEquals("1: 1-50", Story.of(intake, ID));
        device.script((request, answer) -> answer);
        visit("1: 1-90");
    }

    @Test
    public void aDeviceThatRefusesNowAndThenLosesNothing() throws Exception {
        add(100);
        for (int often = 1; often <= 3; often++) {
            intake.forget();
            int[] refusals = {often};
            device.script((request, answer) -> {
                boolean alone = holds(request, 33) && !holds(request, 32) && !holds(request, 34);
                refusals[0] -= alone ? 1 : 0;
                return holds(request, 33) && refusals[0] >= (alone ? 0 : 1) ? new byte[] {0x71, request[2], 9} : answer;
            });
            for (int i = 0; i < 3; i++) {
                assertNull(device.visit());
            }
            assertEquals("refused " + often + " times", often < 3 ? "1: 1-100" : "1: 1-32 UNDECODABLE 33 34-100",
                    Story.of(intake, ID));
        }
    }

    @Test
    public void anAnswerAboutAnotherLogIsNeverTaken() throws Exception {
        add(50);
        device.script((request, answer) -> {
            if (request[3] == Questions.READ_RANGE) {
                answer[7]++;
            }
            return answer;
        });
        assertNull(device.visit());
        assertEquals("", Story.of(intake, ID));
        assertTrue(device.collected(0).trouble(), device.collected(0).trouble().contains("trend-log,2"));
    }

    @Test
    public void anAnswerThatBeginsBeforeWhatWasAskedForIsNeverTaken() throws Exception {
        add(50);
        visit("1: 1-50");
        add(20);
        device.script((request, answer) -> {
            if (request[3] == Questions.READ_RANGE) {
                answer[answer.length - 1] -= 7; // of its first sequence number
            }
            return answer;
        });
        assertNull(device.visit());
        assertEquals("1: 1-50", Story.of(intake, ID));
        assertTrue(device.collected(0).trouble(), device.collected(0).trouble().contains("it begins at record"));
    }

    @Test
    public void recordsThatAreOverwrittenWhileTheyAreReadAreCounted() throws Exception {
        add(100);
        visit("1: 1-100");
        add(90);
        int[] number = {0};
        device.script((request, answer) -> {
            if (request[3] == Questions.READ_RANGE && number[0]++ < 8) {
                add(40);
            }
            return answer;
        });
        assertNull(device.visit());
        device.script((request, answer) -> answer);
        assertNull(device.visit());
        long accounted = intake.samples(ID, 1).stream()
                .mapToLong(one -> one.reading() instanceof Reading.Gap gap ? gap.count() : 1).sum();
        assertEquals(log.total(), accounted);
        assertEquals(log.total(), intake.resumePoint(ID).orElseThrow().sequence());
        for (Sample sample : intake.samples(ID, 1)) {
            assertTrue(sample.reading() instanceof Reading.Gap
                    || sample.reading().equals(new Reading.Unsigned(sample.sequence() - 1)));
        }
    }

    @Test
    public void whatIsOverwrittenBeforeTheFirstAnswerIsNoLoss() throws Exception {
        add(100);
        log.withTheOldestInstead();
        device.script((request, answer) -> {
            if (request[3] == Questions.READ_PROPERTY_MULTIPLE && log.total() == 100) {
                add(30);
            }
            return answer;
        });
        visit("1: 31-100");
        visit("1: 31-130");
        device.script((request, answer) -> {
            if (request[3] == Questions.READ_PROPERTY_MULTIPLE && log.total() == 230) {
                add(30);
            }
            return answer;
        });
        add(100);
        visit("1: 31-130 OVERFLOW 131-160 161-230");
    }

    @Test
    public void tensOfThousandsOverABadLineAreExact() throws Exception {
        RingLog long1 = device.log(new TrendLogId("hq", 1, TrendLogId.Kind.TL, 2), 20_000, Duration.ofMinutes(1));
        for (int i = 1; i <= 20_000; i++) {
            long1.add(START.plusMinutes(i), RingLog.unsigned(i));
        }
        device.network(41, 0.05, 0.02);
        TrendLogId id = new TrendLogId("hq", 1, TrendLogId.Kind.TL, 2);
        for (int i = 0; i < 20 && intake.samples(id, 1).size() < 20_000; i++) {
            device.visit();
        }
        assertEquals("1: 1-20000", Story.of(intake, id));
        for (Sample sample : intake.samples(id, 1)) {
            assertEquals(new Reading.Unsigned(sample.sequence()), sample.reading());
        }
    }
}
