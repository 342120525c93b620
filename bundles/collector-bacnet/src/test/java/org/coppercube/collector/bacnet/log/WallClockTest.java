// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.coppercube.api.trend.Sample;
import org.junit.Test;

public class WallClockTest {
    private final WallClock vienna = new WallClock(ZoneId.of("Europe/Vienna"));

    private static long utc(String instant) {
        return Sample.hundredths(Instant.parse(instant));
    }

    private List<WallClock.Moment> at(String local) {
        return vienna.moments(LocalDateTime.parse(local));
    }

    @Test
    public void summerAndWinterDiffer() {
        assertEquals(List.of(new WallClock.Moment(utc("2026-01-15T11:00:00.25Z"), 60)), at("2026-01-15T12:00:00.25"));
        assertEquals(List.of(new WallClock.Moment(utc("2026-07-15T10:00:00Z"), 120)), at("2026-07-15T12:00:00"));
    }

    @Test
    public void theRepeatedHourHasTwo() {
        assertEquals(List.of(new WallClock.Moment(utc("2026-10-25T00:30:00Z"), 120),
                new WallClock.Moment(utc("2026-10-25T01:30:00Z"), 60)), at("2026-10-25T02:30:00"));
        assertEquals(Duration.ofHours(1), vienna.putBack(LocalDateTime.parse("2026-10-25T02:30:00")));
        assertEquals(Duration.ZERO, vienna.putBack(LocalDateTime.parse("2026-10-25T03:00:00")));
    }

    @Test
    public void anHourThatNeverWasIsReadAsBeforeTheChange() {
        assertEquals(List.of(new WallClock.Moment(utc("2026-03-29T01:30:00Z"), 60)), at("2026-03-29T02:30:00"));
        assertEquals(Duration.ZERO, vienna.putBack(LocalDateTime.parse("2026-03-29T02:30:00")));
    }

    @Test
    public void timeAndOffsetGiveWhatTheDeviceWrote() {
        for (String local : new String[] {"1900-01-01T00:00:00", "1970-01-01T00:59:59.99", "2155-12-31T23:59:59.99",
            "2026-10-25T02:30:00"}) {
            for (WallClock.Moment moment : at(local)) {
                long shown = moment.time() + moment.offset() * 6_000L;
                assertEquals(WallClock.shown(LocalDateTime.parse(local)), shown);
                assertEquals(LocalDateTime.parse(local), WallClock.local(shown));
            }
        }
    }
}
