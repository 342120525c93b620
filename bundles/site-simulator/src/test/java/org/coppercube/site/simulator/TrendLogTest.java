// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;

import com.serotonin.bacnet4j.type.enumerated.EngineeringUnits;
import org.junit.Test;

public class TrendLogTest {

    private static final long ANCHOR = 1_000_000;
    private static final long INTERVAL = 20_000;
    private static final Point POINT =
            new Point(PointKind.ANALOG_INPUT, 1, "P", "a point", EngineeringUnits.percent, 1, time -> 0);

    private final TrendLog log = TrendLog.of(POINT, 1, ANCHOR, INTERVAL, 5);

    @Test
    public void isEmptyBeforeTheAnchor() {
        assertEquals(0, log.newest(ANCHOR - 1));
        assertEquals(1, log.oldest(ANCHOR - 1));
    }

    @Test
    public void makesTheFirstRecordAtTheAnchorAndTheNextAnIntervalLater() {
        assertEquals(1, log.newest(ANCHOR));
        assertEquals(1, log.newest(ANCHOR + INTERVAL - 1));
        assertEquals(2, log.newest(ANCHOR + INTERVAL));
        assertEquals(ANCHOR + INTERVAL, log.timeOf(2));
    }

    @Test
    public void losesTheOldestRecordWhenTheBufferIsFull() {
        assertEquals(1, log.oldest(ANCHOR + 4 * INTERVAL));
        assertEquals(2, log.oldest(ANCHOR + 5 * INTERVAL));
        assertEquals(6, log.newest(ANCHOR + 5 * INTERVAL));
    }

    @Test
    public void findsRecordsStrictlyBeforeAndAfterAMoment() {
        assertEquals(4, log.firstAfter(log.timeOf(3)));
        assertEquals(4, log.firstAfter(log.timeOf(4) - 1));
        assertEquals(2, log.lastBefore(log.timeOf(3)));
        assertEquals(3, log.lastBefore(log.timeOf(3) + 1));
        assertEquals(1, log.firstAfter(0));
        assertEquals(0, log.lastBefore(ANCHOR));
    }
}
