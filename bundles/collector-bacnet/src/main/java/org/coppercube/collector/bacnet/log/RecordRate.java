// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.time.Duration;

/** How many records a second a log makes, by its counts: up at once, down by halves. Belongs to the loop. */
final class RecordRate {
    private static final int ENOUGH = 8; // so that one more or less is no matter
    private static final long LONG_ENOUGH = Duration.ofHours(1).toNanos();

    private long begin;
    private long first = -1;
    private double settled = -1;

    /**
     * The device has counted its records.
     *
     * @param now as {@link System#nanoTime} tells it
     * @return records a second, as far as is known
     */
    double counted(long total, long now) {
        long records = total - first;
        double seconds = Math.max(1, (now - begin) / 1e9);
        boolean anew = first < 0 || records < 0; // then numbers say nothing about those before
        boolean enough = Math.max(records, settled * seconds) >= ENOUGH; // or would be if they came as before
        if (!anew && !enough && now - begin < LONG_ENOUGH) {
            return Math.max(Math.max(settled, 0), (records - 1) / seconds);
        }
        if (!anew) {
            double rate = records / seconds;
            settled = Math.max(rate, (settled + rate) / 2);
        }
        first = total;
        begin = now;
        return Math.max(settled, 0);
    }

    /** Whether there is a result. */
    boolean isSettled() {
        return settled >= 0;
    }

    /** How long it has been counted since the last result. */
    Duration counting(long now) {
        return Duration.ofNanos(now - begin);
    }
}
