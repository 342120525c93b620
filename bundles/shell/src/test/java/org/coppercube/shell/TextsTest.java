// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.coppercube.api.collect.DeviceClock;
import org.junit.Test;

public class TextsTest {

    @Test
    public void intervalsAreExact() {
        assertEquals("on change", Texts.interval(Duration.ZERO));
        assertEquals("0.25 s", Texts.interval(Duration.ofMillis(250)));
        assertEquals("30 s", Texts.interval(Duration.ofSeconds(30)));
        assertEquals("90 s", Texts.interval(Duration.ofSeconds(90)));
        assertEquals("15 min", Texts.interval(Duration.ofMinutes(15)));
        assertEquals("90 min", Texts.interval(Duration.ofMinutes(90)));
        assertEquals("48 h", Texts.interval(Duration.ofDays(2)));
    }

    @Test
    public void aClockIsAheadOrBehind() {
        assertEquals("", Texts.clock(null));
        assertEquals("+0.0 s", clock(Duration.ZERO, 0));
        assertEquals("-59.9 s, jumped 1 time", clock(Duration.ofMillis(-59_900), 1));
        assertEquals("-1 min 30 s", clock(Duration.ofSeconds(-90), 0));
        assertEquals("+400 d 0 h", clock(Duration.ofDays(400), 0));
    }

    private static String clock(Duration ahead, int jumps) {
        return Texts.clock(new DeviceClock(ahead, Instant.EPOCH, jumps));
    }
}
