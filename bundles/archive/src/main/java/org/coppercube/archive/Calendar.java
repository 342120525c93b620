// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.function.UnaryOperator;
import org.coppercube.api.archive.Interval;

/** Where intervals begin and end, see {@link Interval}. */
final class Calendar {

    private static final long SECOND = 100;
    private static final LocalDate A_MONDAY = LocalDate.of(1970, 1, 5);
    /** Before the first and after the last is no calendar: one interval each. */
    private static final Times YEARS = new Times(SECOND * LocalDate.of(0, 1, 1).toEpochDay() * 86_400,
            SECOND * LocalDate.of(10_000, 1, 1).toEpochDay() * 86_400 - 1);

    private final Interval size;
    private final ZoneId zone;

    Calendar(Interval size, ZoneId zone) {
        this.size = size;
        this.zone = zone;
    }

    /** The one that has this time. */
    Times interval(long time) {
        return switch (size.unit()) {
            case SECOND -> even(time, SECOND * size.count());
            case MINUTE -> even(time, 60 * SECOND * size.count());
            case HOUR -> even(time, 3_600 * SECOND * size.count());
            case DAY, WEEK, MONTH -> !YEARS.has(time) ? time < 0 ? new Times(Long.MIN_VALUE, YEARS.first() - 1)
                    : new Times(YEARS.last() + 1, Long.MAX_VALUE) : dates(time);
        };
    }

    private static Times even(long time, long length) {
        long before = Math.floorMod(time, length);
        long after = length - 1 - before;
        return new Times(time < Long.MIN_VALUE + before ? Long.MIN_VALUE : time - before,
                time > Long.MAX_VALUE - after ? Long.MAX_VALUE : time + after);
    }

    private Times dates(long time) {
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochSecond(Math.floorDiv(time, SECOND)), zone);
        LocalDate first = switch (size.unit()) {
            case WEEK -> A_MONDAY.plusDays(floor(ChronoUnit.DAYS.between(A_MONDAY, day), 7L * size.count()));
            case MONTH -> LocalDate.EPOCH.plusMonths(floor(
                    ChronoUnit.MONTHS.between(LocalDate.EPOCH, day.with(TemporalAdjusters.firstDayOfMonth())),
                    size.count()));
            default -> LocalDate.EPOCH.plusDays(floor(day.toEpochDay(), size.count()));
        };
        UnaryOperator<LocalDate> after = switch (size.unit()) {
            case WEEK -> start -> start.plusWeeks(size.count());
            case MONTH -> start -> start.plusMonths(size.count());
            default -> start -> start.plusDays(size.count());
        };
        LocalDate next = after.apply(first);
        if (time >= start(next)) { // a clock put back across midnight: the day before shows twice, and is over
            return between(next, after.apply(next));
        }
        return between(first, next);
    }

    private Times between(LocalDate first, LocalDate next) {
        return new Times(Math.max(YEARS.first(), start(first)), Math.min(YEARS.last(), start(next) - 1));
    }

    private long start(LocalDate day) {
        return SECOND * day.atStartOfDay(zone).toEpochSecond();
    }

    private static long floor(long number, long step) {
        return number - Math.floorMod(number, step);
    }
}
