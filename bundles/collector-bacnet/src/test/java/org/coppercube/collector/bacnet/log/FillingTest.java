// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.junit.Test;

public class FillingTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static TrendLog log(Duration interval, long bufferSize) {
        return new TrendLog(new TrendLogId("hq", 1, TrendLogId.Kind.TL, 1), "", "", "", null, "", ZoneOffset.UTC,
                interval, bufferSize);
    }

    private static Filling counted(double rate) {
        return Filling.UNKNOWN.counted(500, rate, 1000, NOON);
    }

    @Test
    public void aBufferLastsByItsIntervalOrWhatWasCountedIfThatIsMore() {
        TrendLog minutes = log(Duration.ofMinutes(1), 1440);
        assertEquals(Duration.ofDays(1), counted(0).lasts(minutes));
        assertEquals(Duration.ofDays(1), counted(1 / 100.0).lasts(minutes));
        assertEquals(Duration.ofSeconds(720), counted(2).lasts(minutes));
        assertEquals("change of value", Duration.ofSeconds(720), counted(2).lasts(log(Duration.ZERO, 1440)));
        assertEquals("nothing comes", Filling.FOR_EVER, counted(0).lasts(log(Duration.ZERO, 1440)));
        assertEquals("nobody knows", Filling.FOR_EVER, counted(1).lasts(log(Duration.ofMinutes(1), 0)));
        assertEquals("any number does", Filling.FOR_EVER,
                counted(0).lasts(log(Duration.ofMillis(10).multipliedBy(0xFFFF_FFFFL), 0xFFFF_FFFFL)));
    }

    @Test
    public void whatIsNotReadTakesItsRoom() {
        TrendLog log = log(Duration.ofSeconds(1), 1000);
        assertNull("it is not known", counted(0).overflowAt(log));
        Filling read = counted(0).archived();
        assertEquals(NOON.plusSeconds(1000), read.overflowAt(log));
        Filling later = read.counted(800, 0, 1000, NOON.plusSeconds(300));
        assertEquals("300 are not read", NOON.plusSeconds(1000), later.overflowAt(log));
        assertEquals("and come twice as fast now", NOON.plusSeconds(300 + 350),
                read.counted(800, 2, 1000, NOON.plusSeconds(300)).overflowAt(log));
        assertEquals(NOON.plusSeconds(1300), later.archived().overflowAt(log));
    }

    @Test
    public void moreThanTheBufferHoldsHasOverflowed() {
        Filling read = counted(0).archived();
        assertFalse(read.counted(1500, 0, 1000, NOON).overflowed());
        Filling over = read.counted(1501, 0, 1000, NOON);
        assertTrue(over.overflowed());
        assertTrue("until it has been read in time", over.archived().overflowed());
        assertFalse(over.archived().counted(1502, 0, 1000, NOON).overflowed());
        assertFalse("it began anew", read.counted(3, 0, 1, NOON).overflowed());
        assertFalse("what was before the first visit is not known", Filling.UNKNOWN.counted(5000, 0, 1, NOON)
                .overflowed());
        assertFalse("its size is not known", read.counted(5000, 0, 0, NOON).overflowed());
    }

    @Test
    public void theAdviceOutlastsThreeDays() {
        assertNull(counted(0).advice(log(Duration.ofMinutes(1), 3 * 1440)));
        LogState.Advice advice = counted(0).advice(log(Duration.ofMinutes(1), 3 * 1440 - 1));
        assertEquals(new LogState.Advice(3 * 1440, Duration.ofSeconds(61)), advice);
        assertEquals(new LogState.Advice(3 * 86_400, null), counted(1).advice(log(Duration.ZERO, 100)));
        assertNull("no rate is known", counted(0).advice(log(Duration.ZERO, 100)));
        TrendLog advised = log(advice.interval(), 3 * 1440 - 1);
        assertNull("who follows it is not advised again", counted(0).advice(advised));
    }
}
