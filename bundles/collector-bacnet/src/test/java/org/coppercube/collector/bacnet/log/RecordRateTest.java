// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import org.junit.Test;

public class RecordRateTest {
    private static final double EXACT = 1e-9;

    private final RecordRate rate = new RecordRate();

    private double counted(long total, long seconds) {
        return rate.counted(total, Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    public void isWhatCameBetweenTwoVisits() {
        assertEquals(0, counted(1000, 50), EXACT);
        assertFalse(rate.isSettled());
        assertEquals(2, counted(1200, 150), EXACT);
        assertTrue(rate.isSettled());
    }

    @Test
    public void risesAtOnceAndFallsByHalves() {
        counted(0, 0);
        assertEquals(1, counted(100, 100), EXACT);
        assertEquals(5, counted(600, 200), EXACT);
        assertEquals(3, counted(700, 300), EXACT);
        assertEquals(2, counted(800, 400), EXACT);
    }

    @Test
    public void twoVisitsAtOnceMakeNoHighRateOfOneRecord() {
        counted(0, 0);
        counted(100, 100);
        assertEquals(1, counted(101, 100), EXACT);
        assertEquals("but of many", 1.5, counted(104, 102), EXACT);
        assertEquals("and the count goes on", 1.1, counted(111, 110), EXACT);
    }

    @Test
    public void nothingForAnHourIsAResult() {
        counted(7, 0);
        counted(7, 3599);
        assertFalse(rate.isSettled());
        assertEquals(Duration.ofSeconds(3599), rate.counting(Duration.ofSeconds(3599).toNanos()));
        assertEquals(0, counted(7, 3600), EXACT);
        assertTrue(rate.isSettled());
    }

    @Test
    public void aLogThatBeginsAnewIsCountedAnew() {
        counted(0, 0);
        counted(1000, 1000);
        assertEquals(1, counted(5, 1100), EXACT);
        assertEquals(2, counted(205, 1200), EXACT);
    }

    @Test
    public void aLieIsForgottenSoon() {
        counted(0, 0);
        assertTrue(counted(4_000_000_000L, 10) > 1e8);
        for (int visit = 2; visit < 40; visit++) {
            counted(1, visit * 10);
        }
        assertTrue(counted(1, 400) < 1);
    }
}
