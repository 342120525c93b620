// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.coppercube.api.archive.Interval;
import org.coppercube.api.trend.Sample;
import org.junit.Test;

public class CalendarTest {

    @Test
    public void secondsMinutesAndHoursCountFrom1970() {
        check("30s", "UTC", "2026-11-23T12:34:56Z", "2026-11-23T12:34:30Z", "2026-11-23T12:35:00Z");
        check("15m", "Asia/Kolkata", "2026-11-23T12:34:56Z", "2026-11-23T12:30:00Z", "2026-11-23T12:45:00Z");
        check("5h", "UTC", "1970-01-01T04:59:59Z", "1970-01-01T00:00:00Z", "1970-01-01T05:00:00Z");
        check("1h", "UTC", "1969-12-31T23:59:59Z", "1969-12-31T23:00:00Z", "1970-01-01T00:00:00Z");
    }

    @Test
    public void daysWeeksAndMonthsAreThoseOfTheZone() {
        check("1d", "Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z");
        check("1d", "Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z");
        check("1d", "Asia/Kolkata", "2026-11-23T18:30:00Z", "2026-11-23T18:30:00Z", "2026-11-24T18:30:00Z");
        check("2d", "UTC", "1970-01-04T00:00:00Z", "1970-01-03T00:00:00Z", "1970-01-05T00:00:00Z");
        check("2d", "UTC", "1969-12-31T00:00:00Z", "1969-12-30T00:00:00Z", "1970-01-01T00:00:00Z");
        check("1w", "America/New_York", "2026-11-01T12:00:00Z", "2026-10-26T04:00:00Z", "2026-11-02T05:00:00Z");
        check("2w", "UTC", "1970-01-04T00:00:00Z", "1969-12-22T00:00:00Z", "1970-01-05T00:00:00Z");
        check("1mo", "Europe/Berlin", "2028-02-29T12:00:00Z", "2028-01-31T23:00:00Z", "2028-02-29T23:00:00Z");
        check("3mo", "UTC", "2026-11-23T00:00:00Z", "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z");
        check("12mo", "UTC", "1969-06-01T00:00:00Z", "1969-01-01T00:00:00Z", "1970-01-01T00:00:00Z");
    }

    /** In Sao Paulo clocks went forward at midnight, in Newfoundland back at one minute past. */
    @Test
    public void midnightMayBeMissedOrStrikeTwice() {
        check("1d", "America/Sao_Paulo", "2018-11-04T12:00:00Z", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z");
        check("1d", "America/St_Johns", "2010-11-07T02:30:30Z", "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z");
        check("1d", "America/St_Johns", "2010-11-07T02:45:00Z", "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z");
        check("1d", "America/St_Johns", "2010-11-07T02:29:00Z", "2010-11-06T02:30:00Z", "2010-11-07T02:30:00Z");
    }

    @Test
    public void everyTimeIsInOneIntervalAndTheNextBeginsWhereItEnds() {
        Random random = new Random(7);
        for (String zone : List.of("Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Africa/Casablanca", "UTC")) {
            for (String size : List.of("1s", "100000h", "1d", "3d", "1w", "100000w", "1mo", "5mo", "100000mo")) {
                Calendar calendar = new Calendar(Interval.parse(size), ZoneId.of(zone));
                for (int i = 0; i < 300; i++) {
                    check(calendar, random.nextLong() >> random.nextInt(40));
                }
                check(calendar, Long.MIN_VALUE);
                check(calendar, Long.MAX_VALUE);
            }
        }
    }

    private static void check(Calendar calendar, long time) {
        Times interval = calendar.interval(time);
        assertTrue(interval + " has " + time, interval.has(time));
        assertEquals(interval, calendar.interval(interval.first()));
        assertEquals(interval, calendar.interval(interval.last()));
        if (interval.last() != Long.MAX_VALUE) {
            assertEquals(interval.last() + 1, calendar.interval(interval.last() + 1).first());
        }
    }

    private static void check(String size, String zone, String time, String from, String to) {
        Times found = new Calendar(Interval.parse(size), ZoneId.of(zone)).interval(hundredths(time));
        assertEquals(from + " for " + Duration.between(Instant.parse(from), Instant.parse(to)),
                new Times(hundredths(from), hundredths(to) - 1), found);
    }

    private static long hundredths(String time) {
        return Sample.hundredths(Instant.parse(time));
    }
}
