// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.exchange;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class LineTest {
    private final Line line = new Line();

    private void came(int questions, int times) {
        for (int i = 0; i < questions; i++) {
            line.came(times);
        }
    }

    @Test
    public void oneThatLosesNothingNeedsNoRepetition() {
        assertEquals("nobody knows", 1, line.times());
        came(1000, 1);
        assertEquals(1, line.times());
    }

    @Test
    public void oneThatLosesMuchNeedsSomeAndOneThatLosesMostIsGivenUpSomeDay() {
        came(9, 1);
        came(1, 2);
        assertEquals("a tenth: 0.09^4 < 0.0001", 4, line.times());
        came(20, 4);
        assertEquals(10, line.times());
    }

    @Test
    public void oneThatWasPutRightIsForgiven() {
        came(20, 4);
        came(800, 1);
        assertEquals(1, line.times());
    }
}
