// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;

import java.util.stream.LongStream;
import org.junit.Test;

public class ThrottleTest {
    private static final long SECOND = 1_000_000_000;

    private final Throttle throttle = new Throttle(100, -SECOND);

    private long passed(long from, long to) {
        return LongStream.range(0, 1000).filter(i -> throttle.lets(from + (to - from) * i / 1000)).count();
    }

    @Test
    public void letsOnlySoManyPassEachSecond() {
        assertEquals(100, passed(0, SECOND));
        assertEquals(100, passed(SECOND, 2 * SECOND));
        assertEquals(1000, passed(2 * SECOND, 14 * SECOND));
    }
}
