// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.junit.Test;

public class CollectedLogTest {
    private static final Duration VISIT = Duration.ofMinutes(10);

    private static CollectedLog log(Duration interval, long bufferSize, boolean archived) {
        TrendLogId id = new TrendLogId("hq", 1, TrendLogId.Kind.TL, 1);
        return new CollectedLog(new ObjectId(ObjectId.TREND_LOG, 1),
                new TrendLog(id, "", "", "", null, "", ZoneOffset.UTC, interval, bufferSize), archived);
    }

    private static LogState state(CollectedLog log) {
        return log.state(VISIT, Instant.now());
    }

    @Test
    public void aBufferOverflowsWhenTheDeviceSaysAndNeverIfThatIsForEver() {
        CollectedLog day = log(Duration.ofMinutes(1), 1440, true);
        assertNull(state(day).overflowAt());
        day.collected();
        assertEquals(state(day).lastSuccess().plus(Duration.ofDays(1)), state(day).overflowAt());
        CollectedLog endless = log(Duration.ofMillis(10).multipliedBy(0xFFFF_FFFFL), 0xFFFF_FFFFL, true);
        endless.collected();
        assertNull(state(endless).overflowAt());
    }

    @Test
    public void aLogThatIsSwitchedOffIsNeitherLateNorFailedNorOverflows() {
        CollectedLog log = log(Duration.ofMinutes(1), 1440, true);
        log.collected();
        log.failed("no answer");
        assertEquals(Health.Level.FAILED, state(log).level());
        assertEquals("no answer", log.trouble());
        log.archive(false);
        assertEquals(Health.Level.OK, state(log).level());
        assertNull(state(log).overflowAt());
        assertNull(state(log).nextVisit());
        log.failed("no answer when asked by hand");
        assertEquals("", log.trouble());
        assertFalse(log.isCollected());
        assertFalse(log.isLate(Duration.ZERO));
    }

    @Test
    public void aLogIsLateOnlyWhenItHasBeenWantedForLong() {
        CollectedLog log = log(Duration.ofMinutes(1), 1440, false);
        long found = System.nanoTime();
        Await.until("a second has gone", () -> System.nanoTime() - found > 1_000_000_000);
        log.archive(true);
        assertFalse(log.isLate(Duration.ofMillis(1000)));
        Await.until("it is late", () -> log.isLate(Duration.ofMillis(1)));
        log.archive(true);
        assertTrue("it was wanted before", log.isLate(Duration.ofMillis(1)));
    }
}
