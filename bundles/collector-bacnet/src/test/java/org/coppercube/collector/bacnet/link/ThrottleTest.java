// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import static org.junit.Assert.assertEquals;

import java.util.stream.LongStream;
import org.junit.Test;

public class ThrottleTest {
    private static final long SECOND = 1_000_000_000;

    private static long passed(Throttle throttle, long from, long to) {
        return LongStream.range(0, 1000).filter(i -> throttle.lets(from + (to - from) * i / 1000)).count();
    }

    @Test
    public void letsOnlySoManyPassEachSecond() {
        Throttle throttle = new Throttle(100, 1, 0);
        assertEquals(100, passed(throttle, 0, SECOND));
        assertEquals(100, passed(throttle, SECOND, 2 * SECOND));
        assertEquals(1000, passed(throttle, 2 * SECOND, 14 * SECOND));
    }

    @Test
    public void letsSoManyPassAtOnceAndNoMoreInTheLongRun() {
        Throttle throttle = new Throttle(100, 20, -10 * SECOND); // a pause saves nothing up beyond that
        assertEquals(20, passed(throttle, 0, 1));
        assertEquals(100, passed(throttle, SECOND, 2 * SECOND), 20);
        assertEquals(1000, passed(new Throttle(0, 1, 0), 0, 1));
    }

    @Test
    public void saysHowLongItIsTooEarly() {
        Throttle throttle = new Throttle(10, 1, 0);
        assertEquals(0, throttle.pass(0));
        assertEquals(SECOND / 10 - 7, throttle.pass(7));
        assertEquals(0, throttle.pass(SECOND / 10));
    }
}
