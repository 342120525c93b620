// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.coppercube.api.trend.Sample;
import org.junit.Test;

public class WallClockTest {
    private final WallClock vienna = new WallClock(ZoneId.of("Europe/Vienna"));

    private static long utc(String instant) {
        return Sample.hundredths(Instant.parse(instant));
    }

    private WallClock.Moment at(String local, long before) {
        return vienna.at(LocalDateTime.parse(local), before);
    }

    @Test
    public void summerAndWinterDiffer() {
        assertEquals(new WallClock.Moment(utc("2026-01-15T11:00:00.25Z"), 60),
                at("2026-01-15T12:00:00.25", Long.MIN_VALUE));
        assertEquals(new WallClock.Moment(utc("2026-07-15T10:00:00Z"), 120), at("2026-07-15T12:00:00", Long.MIN_VALUE));
    }

    @Test
    public void theRepeatedHourIsTheFirstUnlessTheRecordBeforeWasLater() {
        String twice = "2026-10-25T02:30:00";
        assertEquals(new WallClock.Moment(utc("2026-10-25T00:30:00Z"), 120), at(twice, Long.MIN_VALUE));
        assertEquals(120, at(twice, utc("2026-10-25T00:30:00Z")).offset());
        assertEquals(new WallClock.Moment(utc("2026-10-25T01:30:00Z"), 60), at(twice, utc("2026-10-25T00:45:00Z")));
    }

    @Test
    public void aNightOfTwentyFiveHoursKeepsItsOrder() {
        long before = Long.MIN_VALUE;
        long expected = utc("2026-10-24T23:45:00Z");
        for (String local : "01:45 02:00 02:15 02:30 02:45 02:00 02:15 02:30 02:45 03:00".split(" ")) {
            WallClock.Moment moment = at("2026-10-25T" + local, before);
            assertEquals(expected, moment.time());
            before = moment.time();
            expected += 15 * 6_000;
        }
    }

    @Test
    public void anHourThatNeverWasIsReadAsBeforeTheChange() {
        assertEquals(new WallClock.Moment(utc("2026-03-29T01:30:00Z"), 60), at("2026-03-29T02:30:00", Long.MIN_VALUE));
    }

    @Test
    public void timeAndOffsetGiveWhatTheDeviceWrote() {
        for (String local : new String[] {"1900-01-01T00:00:00", "1970-01-01T00:59:59.99", "2155-12-31T23:59:59.99"}) {
            WallClock.Moment moment = at(local, Long.MIN_VALUE);
            assertEquals(WallClock.shown(LocalDateTime.parse(local)), moment.time() + moment.offset() * 6_000L);
        }
    }
}
