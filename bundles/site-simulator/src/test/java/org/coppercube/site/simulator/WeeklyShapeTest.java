// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;

import java.time.Instant;
import org.junit.Test;

public class WeeklyShapeTest {

    private static final double[] BUSY = {0, 0, 6, 0, 8, 1, 18, 1, 20, 0, 24, 0};
    private static final double[] IDLE = {0, 0, 24, 0};
    private static final long MINUTE = 60_000;

    private final WeeklyShape shape = new WeeklyShape(BUSY, IDLE, IDLE, IDLE, IDLE, IDLE, IDLE);

    @Test
    public void followsItsKnotsOnTheRightDay() {
        long monday = Instant.parse("2026-11-23T00:00:00Z").toEpochMilli();
        assertEquals(0.5, shape.at(monday + 7 * 60 * MINUTE), 1e-9);
        assertEquals(1, shape.at(monday + 12 * 60 * MINUTE), 1e-9);
        assertEquals(0, shape.at(monday + 36 * 60 * MINUTE), 1e-9);
    }

    @Test
    public void theIntegralIsTheAreaUnderTheCurve() {
        long start = Instant.parse("2026-11-20T13:17:00Z").toEpochMilli();
        double area = 0;
        for (int minute = 0; minute < 8 * 24 * 60; minute++) {
            long time = start + minute * MINUTE;
            area += (shape.at(time) + shape.at(time + MINUTE)) / 2 / 60;
            assertEquals(area, shape.integral(time + MINUTE) - shape.integral(start), 1e-6);
        }
        assertEquals(12, area, 0.01);
    }
}
