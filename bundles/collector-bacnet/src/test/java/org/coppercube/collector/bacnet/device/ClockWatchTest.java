// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.coppercube.api.collect.DeviceClock;
import org.junit.Test;

public class ClockWatchTest {
    private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
    private static final Instant WINTER = Instant.parse("2026-01-10T11:00:00Z");
    private static final LocalDateTime NOON = LocalDateTime.parse("2026-01-10T12:00:00");

    private final ClockWatch watch = new ClockWatch("device 1", VIENNA);

    private void showed(LocalDateTime shown, Instant at) {
        watch.showed(shown, at, Duration.between(WINTER, at).toNanos());
    }

    @Test
    public void itsOffsetIsMeasuredByTheZoneOfTheSite() {
        assertNull(watch.clock());
        showed(NOON.plusSeconds(90), WINTER);
        assertEquals(new DeviceClock(Duration.ofSeconds(90), WINTER, 0), watch.clock());
        showed(NOON.plusHours(1).minusMinutes(5), WINTER.plusSeconds(3570));
        assertEquals("one jump", new DeviceClock(Duration.ofSeconds(-270), WINTER.plusSeconds(3570), 1),
                watch.clock());
    }

    @Test
    public void jumpsBothWaysAreCountedAndDriftIsNone() {
        showed(NOON, WINTER);
        showed(NOON.plusSeconds(3600 + 59), WINTER.plusSeconds(3600));
        assertEquals(0, watch.clock().jumps());
        showed(NOON.plusSeconds(7200 + 121), WINTER.plusSeconds(7200));
        assertEquals(1, watch.clock().jumps());
        showed(NOON.plusSeconds(10800), WINTER.plusSeconds(10800));
        assertEquals(2, watch.clock().jumps());
        assertEquals(Duration.ZERO, watch.clock().ahead());
    }

    @Test
    public void daylightSavingTimeOfTheSiteIsNoJumpWhetherTheDeviceFollowsOrNot() {
        Instant before = Instant.parse("2026-03-28T23:00:00Z");
        Instant after = Instant.parse("2026-03-29T05:00:00Z");
        ClockWatch other = new ClockWatch("device 2", VIENNA);
        showed(LocalDateTime.parse("2026-03-29T00:00:00"), before);
        showed(LocalDateTime.parse("2026-03-29T07:00:00"), after);
        assertEquals(new DeviceClock(Duration.ZERO, after, 0), watch.clock());
        other.showed(LocalDateTime.parse("2026-03-29T00:00:00"), before, 0);
        other.showed(LocalDateTime.parse("2026-03-29T06:00:00"), after, Duration.ofHours(6).toNanos());
        assertEquals(new DeviceClock(Duration.ofHours(-1), after, 0), other.clock());
        showed(LocalDateTime.parse("2026-10-25T00:00:00"), Instant.parse("2026-10-24T22:00:00Z"));
        showed(LocalDateTime.parse("2026-10-25T05:00:00"), Instant.parse("2026-10-25T04:00:00Z"));
        assertEquals(0, watch.clock().jumps());
        showed(LocalDateTime.parse("2026-10-26T06:00:00"), Instant.parse("2026-10-26T04:00:00Z"));
        assertEquals("an hour at another time is one", 1, watch.clock().jumps());
    }

    @Test
    public void aJumpOfOurOwnClockIsNoneOfTheDevice() {
        watch.showed(NOON, WINTER, 0);
        watch.showed(NOON.plusMinutes(10), WINTER.plus(Duration.ofDays(20_000)), Duration.ofMinutes(10).toNanos());
        assertEquals(0, watch.clock().jumps());
    }
}
