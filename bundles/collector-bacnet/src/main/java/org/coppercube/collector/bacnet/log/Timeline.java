// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.coppercube.api.trend.Reading;

/**
 * The moments of one series' records, in their order. There is a choice only in the hour that comes twice in autumn: it
 * falls on the moment that keeps the log's interval from the record before or after, by their numbers. Without an
 * interval it falls on the first that is not before the record before; and where nothing before is known, on the last
 * that is not after the record after.
 */
final class Timeline {
    private static final long UNKNOWN = Long.MIN_VALUE;
    private static final long TOLERANCE = 30 * 6_000 - 1; // still tells two moments apart that have an hour between
    private static final long AHEAD = 5 * 6_000; // a device's clock may be
    private static final long LONGEST_ABSENCE = 10 * 365 * 24 * 360_000L; // it is the clock that was away for more
    private static final float LONGEST_CHANGE = 1e9f;

    private final WallClock clock;
    private final long interval;
    private long before; // time of the record before
    private long number; // its own

    /**
     * @param interval between two records in hundredths of a second, 0 if it differs
     * @param before time of the last record already archived, {@link Long#MIN_VALUE} if there is none
     * @param number its sequence number
     */
    Timeline(ZoneId zone, long interval, long before, long number) {
        this.clock = new WallClock(zone);
        this.interval = interval;
        this.before = before;
        this.number = number;
    }

    /** From here on numbers say nothing about those before. */
    void renumber() {
        number = UNKNOWN;
    }

    /** The moment of the next record, seen from the one before; null if only one after can tell. */
    WallClock.Moment next(long sequence, LocalDateTime local, Reading reading) {
        List<WallClock.Moment> moments = clock.moments(local);
        long putBack = reading instanceof Reading.TimeChange change ? putBack(local, change.seconds()) : 0;
        WallClock.Moment moment = moments.size() == 1 ? moments.get(0)
                : before == UNKNOWN ? null : choose(moments, sequence, before - putBack);
        if (moment != null) {
            before = moment.time() - putBack;
            number = sequence;
        }
        return moment;
    }

    /** How far the device's clock was put back; the end of summer time does not count. */
    private long putBack(LocalDateTime local, float change) {
        boolean back = change < 0 && change > -LONGEST_CHANGE;
        boolean endOfSummer = Math.abs(change + clock.putBack(local).toSeconds()) < 60;
        return back && !endOfSummer ? (long) (-100 * change) : 0;
    }

    private WallClock.Moment choose(List<WallClock.Moment> moments, long sequence, long from) {
        WallClock.Moment regular = number == UNKNOWN ? null : regular(moments, from + interval * (sequence - number));
        if (regular != null) {
            return regular;
        }
        return moments.get(0).time() < from ? moments.get(1) : interval > 0 ? null : moments.get(0);
    }

    /** The one that keeps the interval; null if none does. */
    private WallClock.Moment regular(List<WallClock.Moment> moments, long expected) {
        return interval == 0 ? null : moments.stream()
                .filter(moment -> Math.abs(moment.time() - expected) <= TOLERANCE).findFirst().orElse(null);
    }

    /**
     * The moment of a record, seen from one after it.
     *
     * @param distance how many records later that is, 0 if its number says nothing
     */
    WallClock.Moment previous(LocalDateTime local, long later, long distance) {
        List<WallClock.Moment> moments = clock.moments(local);
        if (moments.size() == 1) {
            return moments.get(0);
        }
        WallClock.Moment regular = distance == 0 ? null : regular(moments, later - interval * distance);
        return regular != null ? regular : moments.get(1).time() <= later ? moments.get(1) : moments.get(0);
    }

    /** The moment of the newest record, seen from when it was read. */
    WallClock.Moment newest(LocalDateTime local, long read) {
        return previous(local, read + AHEAD, 0);
    }

    /** The moment of reading. */
    WallClock.Moment at(ZonedDateTime now) {
        return clock.at(now);
    }

    /** How many numbers before this one came after the record before without a time of their own; 0 if it has no number. */
    long since(long next) {
        return number == UNKNOWN ? 0 : next - 1 - number;
    }

    /**
     * How many intervals after the record before this one was made; 0 when that cannot be told.
     *
     * @param early by how much of an interval the last one may be short
     */
    long intervalsTo(LocalDateTime local, double early) {
        if (interval == 0 || before == UNKNOWN || local == null) {
            return 0;
        }
        List<WallClock.Moment> moments = clock.moments(local);
        WallClock.Moment moment = moments.get(0).time() < before ? moments.get(moments.size() - 1) : moments.get(0);
        long passed = moment.time() - before;
        return passed < 0 || passed > LONGEST_ABSENCE ? 0
                : Math.floorDiv(passed + (long) (early * interval), interval);
    }
}
