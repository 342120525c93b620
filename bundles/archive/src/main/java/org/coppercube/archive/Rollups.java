// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.coppercube.api.archive.Rollup;
import org.coppercube.api.archive.RollupPage;
import org.coppercube.api.trend.Sample;

/**
 * Sums up readings by interval. A chunk that lies in one interval as a whole need not be opened. Because a clock may
 * have gone back, the readings of an interval may be anywhere; so all chunks with times that are asked for are looked
 * at, and of all intervals only the earliest are kept: as many as the page has, and the one with which the next begins.
 */
final class Rollups {

    private static final class Row {
        private final ExactSum sum = new ExactSum();
        private long count;
        private double minimum = Double.POSITIVE_INFINITY;
        private double maximum = Double.NEGATIVE_INFINITY;
        private long lastTime = Long.MIN_VALUE;
        private double last;

        void add(double magnitude, long time) {
            count++;
            sum.add(magnitude);
            extend(magnitude, magnitude, magnitude, time);
        }

        void add(Summary summary) {
            count += summary.count();
            summary.sum().forEach(sum::add);
            double first = Summary.magnitude(summary.extremes().get(0));
            double second = Summary.magnitude(summary.extremes().get(summary.extremes().size() - 1));
            extend(Math.min(first, second), Math.max(first, second), summary.last(), summary.lastTime());
        }

        private void extend(double least, double most, double latest, long time) {
            minimum = least < minimum ? least : minimum;
            maximum = most > maximum ? most : maximum;
            if (time >= lastTime) {
                lastTime = time;
                last = latest;
            }
        }

        Rollup rollup(Times interval) {
            return new Rollup(interval.first(), interval.last() == Long.MAX_VALUE ? Long.MAX_VALUE
                    : interval.last() + 1, count, minimum, maximum, sum.value(), last);
        }
    }

    private final Calendar calendar;
    private final int limit;
    private final TreeMap<Long, Row> rows = new TreeMap<>();
    private Times times;
    private Times interval = new Times(0, -1);
    private Row row; // of this interval

    Rollups(Times times, Calendar calendar, int limit) {
        this.times = times;
        this.calendar = calendar;
        this.limit = limit;
    }

    /** Those that still matter: once there are enough rows, later ones do not. */
    Times times() {
        return times;
    }

    /** Whether it is known where the next page begins, if only to be earlier yet. */
    boolean isFull() {
        return rows.size() > limit;
    }

    void add(ChunkTable.Row chunk) throws SQLException {
        Times span = chunk.times();
        if (times.and(span).isEmpty()) {
            return;
        }
        boolean whole = times.has(span) && calendar.interval(span.first()).has(span.last());
        Optional<Summary> summary = whole ? chunk.summary() : Optional.empty();
        if (summary.filter(all -> all.count() == 0 || !all.sum().isEmpty()).isEmpty()) {
            add(chunk.read(times));
        } else if (summary.get().count() > 0) {
            turnTo(span.first());
            row.add(summary.get());
        }
    }

    void add(Stretch stretch) {
        for (Sample sample : stretch.samples()) {
            double magnitude = Summary.magnitude(sample);
            if (times.has(sample.time()) && Double.isFinite(magnitude)) {
                turnTo(sample.time());
                row.add(magnitude, sample.time());
            }
        }
    }

    RollupPage page() {
        OptionalLong next = isFull() ? OptionalLong.of(rows.lastKey()) : OptionalLong.empty();
        List<Rollup> page = new ArrayList<>();
        rows.forEach((start, each) -> {
            if (page.size() < limit) {
                page.add(each.rollup(calendar.interval(start)));
            }
        });
        return new RollupPage(page, next);
    }

    /** Mostly it is the same as before. */
    private void turnTo(long time) {
        if (!interval.has(time)) {
            interval = calendar.interval(time);
            row = rows.computeIfAbsent(interval.first(), any -> new Row());
            if (rows.size() > limit + 1) {
                rows.remove(rows.lastKey());
            }
            if (isFull()) { // what is lost of the last row here, the next page has
                times = times.and(new Times(Long.MIN_VALUE, rows.lastKey() - 1));
            }
        }
    }
}
