// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;

import java.time.Duration;
import java.time.LocalDateTime;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.message.Questions;
import org.junit.Rule;
import org.junit.Test;

/** What becomes of a log whose numbers begin again: after the last there can be, or because its device counts anew. */
public class NumbersBeginAgainTest {
    private static final long LAST = Counts.LAST_NUMBER;

    @Rule
    public final MemorySite site = new MemorySite();

    @Test
    public void aLogThatStartsAgainLosesWhatItHadMadeSinceAndIsCountedFromOne() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        site.add(5);
        site.log.reset();
        site.add(3);
        site.visit("1: 1-20 SEQUENCE_RESET 21-25, 2: 1-3");
        assertEquals(MemorySite.START.plusMinutes(25), WallClock.local(Account.shown(site.samples().get(20))));
        site.log.reset();
        site.add(1);
        site.log.clear();
        site.add(1);
        site.visit("1: 1-20 SEQUENCE_RESET 21-25, 2: 1-3, 3: OVERFLOW 1 2");
    }

    @Test
    public void noRecordIsMissingOnlyBecauseADeviceStartedAgainBetweenTwo() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        site.log.reset();
        site.log.add(MemorySite.START.plusMinutes(20).plusSeconds(50), RingLog.unsigned(1));
        site.visit("1: 1-20, 2: 1");
    }

    @Test
    public void aLogThatHasComeToTheSameCountAgainIsNoticedAfterItsDeviceWasAway() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        assertNotNull(site.device.visitInVain());
        site.log.reset();
        site.add(20);
        site.visit("1: 1-20, 2: 1-20");
    }

    @Test
    public void noRecordsAreMissingOnlyBecauseItsClockWasSet() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        site.log.reset();
        site.log.add(LocalDateTime.parse("2000-01-01T00:00:00"), RingLog.unsigned(77));
        site.visit("1: 1-20, 2: 1");
        site.log.reset();
        site.add(4);
        site.visit("1: 1-20, 2: 1, 3: 1-4");
    }

    @Test
    public void evenIfItsDeviceGivesShortAnswers() throws Exception {
        RingLog other = site.device.log(new TrendLogId("hq", 1, TrendLogId.Kind.TL, 2), 100, Duration.ofMinutes(1));
        other.add(MemorySite.START, RingLog.unsigned(7));
        site.device.answersWithin(140);
        site.add(20);
        site.visit("1: 1-20");
        site.visit("1: 1-20");
        assertNotNull(site.device.visitInVain());
        site.log.reset();
        site.add(20);
        site.visit("1: 1-20, 2: 1-20");
    }

    @Test
    public void andByACollectorThatHasJustBegun() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        site.log.reset();
        site.add(20);
        site.device.anotherCollector();
        site.visit("1: 1-20, 2: 1-20");
    }

    @Test
    public void soIsOneOfWhichTheLastRecordCouldNotBeRead() throws Exception {
        site.add(20);
        site.device.script((request, answer) ->
                MemorySite.holds(request, 20) ? new byte[] {0x71, request[2], 4} : answer);
        site.visit("1: 1-19 UNDECODABLE 20");
        site.device.script((request, answer) -> answer);
        site.log.reset();
        site.add(50);
        site.visit("1: 1-19 UNDECODABLE 20, 2: 1-50");
    }

    @Test
    public void oneRefusalAtTheWrapLosesNothingThatIsHeld() throws Exception {
        site.log.countFrom(LAST - 200);
        site.add(20);
        site.visit("1: %d-%d".formatted(LAST - 199, LAST - 180));
        site.add(210);
        int[] times = {1};
        site.device.script((request, answer) -> MemorySite.first(request) == 0
                && request[3] == Questions.READ_RANGE && times[0]-- > 0 ? new byte[] {0x71, request[2], 0} : answer);
        site.visit("1: %d-%d WRAP %d-%d %d-%d, 2: 1-30".formatted(LAST - 199, LAST - 180, LAST - 179, LAST - 70,
                LAST - 69, LAST));
    }

    @Test
    public void aLogThatStartsAgainWithAnotherRecordUnderOurNumberIsNoticed() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        site.log.reset();
        site.add(30);
        site.visit("1: 1-20, 2: 1-30");
    }

    @Test
    public void aDeviceThatNumbersItsBufferAnewDoublesNothing() throws Exception {
        site.log.countFrom(5000);
        site.add(80);
        site.visit("1: 5001-5080");
        site.renumber(0);
        site.visit("1: 5001-5080");
        site.add(4);
        site.visit("1: 5001-5080, 2: 81-84");
        site.renumber(700);
        site.add(1);
        site.visit("1: 5001-5080, 2: 81-84, 3: 785");
    }

    @Test
    public void numbersThatBeginAgainAfterTheLastAreReadOn() throws Exception {
        site.log.countFrom(LAST - 30);
        site.add(20);
        site.visit("1: %d-%d".formatted(LAST - 29, LAST - 10));
        site.add(25);
        site.visit("1: %d-%d, 2: 1-15".formatted(LAST - 29, LAST));
        site.add(120);
        site.visit("1: %d-%d, 2: 1-15 OVERFLOW 16-35 36-135".formatted(LAST - 29, LAST));
    }

    @Test
    public void aFirstVisitMayFallIntoTheWrap() throws Exception {
        site.log.countFrom(LAST - 30);
        site.add(150);
        site.visit("1: 21-120");
        site.log.reset();
        site.intake.forget();
        site.log.countFrom(LAST - 30);
        site.add(60);
        site.visit("1: %d-%d, 2: 1-30".formatted(LAST - 29, LAST));
    }

    @Test
    public void whatIsLostWhileTheNumbersBeginAgainIsCountedToTheRecord() throws Exception {
        site.log.countFrom(LAST - 200);
        site.add(10);
        site.visit("1: %d-%d".formatted(LAST - 199, LAST - 190));
        site.add(230);
        site.visit("1: %d-%d WRAP %d-%d %d-%d, 2: 1-40".formatted(LAST - 199, LAST - 190, LAST - 189, LAST - 60,
                LAST - 59, LAST));
        site.intake.forget();
        site.log.reset();
        site.log.countFrom(LAST - 10);
        site.add(5);
        site.visit("1: %d-%d".formatted(LAST - 9, LAST - 5));
        site.add(125);
        site.visit("1: %d-%d WRAP %d-%d, 2: WRAP 1-20 21-120".formatted(LAST - 9, LAST - 5, LAST - 4, LAST));
    }

    @Test
    public void theLastNumberItselfIsNoEnd() throws Exception {
        site.log.countFrom(LAST - 10);
        site.add(10);
        site.visit("1: %d-%d".formatted(LAST - 9, LAST));
        site.add(1);
        site.visit("1: %d-%d, 2: 1".formatted(LAST - 9, LAST));
        site.add(1);
        site.visit("1: %d-%d, 2: 1-2".formatted(LAST - 9, LAST));
    }

    @Test
    public void aDeviceWhoseCountComesLateHasNotStartedAgain() throws Exception {
        site.log.withoutTime();
        site.add(20);
        site.visit("1: 1-20");
        int[] late = {3};
        site.device.script((request, answer) -> {
            if (request[3] == Questions.READ_PROPERTY_MULTIPLE && late[0]-- > 0) {
                answer[answer.length - 3] = 17;
            }
            return answer;
        });
        site.visit("1: 1-20");
        site.visit("1: 1-20");
        site.visit("1: 1-20");
        site.add(1);
        site.visit("1: 1-21");
    }
}
