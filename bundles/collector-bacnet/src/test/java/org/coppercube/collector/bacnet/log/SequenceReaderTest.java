// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.message.Questions;
import org.junit.Rule;
import org.junit.Test;

/** What becomes of a log whose device numbers its records. */
public class SequenceReaderTest {
    @Rule
    public final MemorySite site = new MemorySite();

    @Test
    public void isReadByNumberFromTheOldestThatIsHeld() throws Exception {
        site.add(130);
        site.visit("1: 31-130");
        assertEquals(LogState.Mode.SEQUENCE, site.device.collected(0).mode());
        int asked = site.device.asked();
        site.visit("1: 31-130");
        assertEquals("nothing is asked where nothing is new", asked, site.device.asked());
        site.add(1);
        site.visit("1: 31-131");
        assertEquals(asked + 1, site.device.asked());
    }

    @Test
    public void everyMissingNumberIsInOneGapWithItsCause() throws Exception {
        site.add(50);
        site.visit("1: 1-50");
        site.add(173);
        site.visit("1: 1-50 OVERFLOW 51-123 124-223");
        site.add(7);
        site.log.clear();
        site.add(RingLog.PURGED);
        site.add(2);
        site.visit("1: 1-50 OVERFLOW 51-123 124-223 PURGE 224-230 231-233");
        site.add(3);
        site.log.clear();
        site.add(RingLog.DISABLED);
        site.visit("1: 1-50 OVERFLOW 51-123 124-223 PURGE 224-230 231-233 LOG_DISABLED 234-236 237");
        site.add(3);
        site.log.clear();
        site.add(RingLog.INTERRUPTED);
        site.visit("1: 1-50 OVERFLOW 51-123 124-223 PURGE 224-230 231-233 LOG_DISABLED 234-236 237 "
                + "LOG_DISABLED 238-240 241");
    }

    @Test
    public void whatADeviceThatIsSilentOverwritesIsLostBecauseItIsAway() throws Exception {
        site.add(10);
        site.visit("1: 1-10");
        assertNotNull(site.device.visitInVain());
        site.add(120);
        site.visit("1: 1-10 DEVICE_AWAY 11-30 31-130");
        site.add(120);
        site.visit("1: 1-10 DEVICE_AWAY 11-30 31-130 OVERFLOW 131-150 151-250");
    }

    @Test
    public void whatWasOverwrittenBeforeADeviceFellSilentIsNotBecauseItIsAway() throws Exception {
        TrendLogId id = new TrendLogId("hq", 1, TrendLogId.Kind.TL, 2);
        RingLog fast = site.device.log(id, 1, Duration.ofMillis(10)); // it overflows while the device is asked in vain
        fast.add(MemorySite.START, RingLog.unsigned(1));
        site.visit("");
        assertNotNull(site.device.visitInVain());
        fast.add(MemorySite.START.plusSeconds(1), RingLog.unsigned(2));
        fast.add(MemorySite.START.plusSeconds(2), RingLog.unsigned(3));
        site.visit("");
        assertEquals("1: 1 OVERFLOW 2 3", Story.of(site.intake, id));
    }

    @Test
    public void recordsThatAreOverwrittenWhileTheyAreReadAreCounted() throws Exception {
        site.add(100);
        site.visit("1: 1-100");
        site.add(90);
        int[] number = {0};
        site.device.script((request, answer) -> {
            if (request[3] == Questions.READ_RANGE && number[0]++ < 8) {
                site.add(40);
            }
            return answer;
        });
        site.visit();
        site.device.script((request, answer) -> answer);
        site.visit();
        long accounted = site.samples().stream()
                .mapToLong(one -> one.reading() instanceof Reading.Gap gap ? gap.count() : 1).sum();
        assertEquals(site.log.total(), accounted);
        assertEquals(site.log.total(), site.intake.resumePoint(MemorySite.ID).orElseThrow().sequence());
        for (Sample sample : site.samples()) {
            assertTrue(sample.reading() instanceof Reading.Gap
                    || sample.reading().equals(new Reading.Unsigned(sample.sequence() - 1)));
        }
    }

    @Test
    public void whatIsOverwrittenBeforeTheFirstAnswerIsNoLoss() throws Exception {
        site.add(100);
        site.log.withTheOldestInstead();
        site.device.script((request, answer) -> {
            if (request[3] == Questions.READ_PROPERTY_MULTIPLE && site.log.total() == 100) {
                site.add(30);
            }
            return answer;
        });
        site.visit("1: 31-130");
        site.visit("1: 31-130");
        site.device.script((request, answer) -> {
            if (request[3] == Questions.READ_PROPERTY_MULTIPLE && site.log.total() == 230) {
                site.add(30);
            }
            return answer;
        });
        site.add(100);
        site.visit("1: 31-130 OVERFLOW 131-160 161-260");
    }

    @Test
    public void aDeviceThatUnlearnsToNumberIsReadByTime() throws Exception {
        site.add(20);
        site.visit("1: 1-20");
        site.log.withoutTotal();
        site.log.withoutSequence();
        site.add(5);
        site.visit("1: 1-25");
        assertEquals(LogState.Mode.TIME, site.device.collected(0).mode());
    }

    @Test
    public void tensOfThousandsOverABadLineAreExact() throws Exception {
        RingLog long1 = site.device.log(new TrendLogId("hq", 1, TrendLogId.Kind.TL, 2), 20_000, Duration.ofMinutes(1));
        for (int i = 1; i <= 20_000; i++) {
            long1.add(MemorySite.START.plusMinutes(i), RingLog.unsigned(i));
        }
        site.device.network(41, 0.05, 0.02);
        TrendLogId id = new TrendLogId("hq", 1, TrendLogId.Kind.TL, 2);
        for (int i = 0; i < 20 && site.intake.samples(id, 1).size() < 20_000; i++) {
            site.device.visit();
        }
        assertEquals("1: 1-20000", Story.of(site.intake, id));
        for (Sample sample : site.intake.samples(id, 1)) {
            assertEquals(new Reading.Unsigned(sample.sequence()), sample.reading());
        }
    }
}
