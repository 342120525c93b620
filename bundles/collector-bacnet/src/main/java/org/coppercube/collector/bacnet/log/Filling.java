// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.time.Duration;
import java.time.Instant;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.trend.TrendLog;

/**
 * How the buffer of a log fills up.
 *
 * @param at when the device last counted its records; null before it did
 * @param total number of the newest record then
 * @param read number of the newest record that is archived; -1 if that is not known
 * @param rate records a second, as far as they were counted
 * @param overflowed whether more records had come between the last two visits than the buffer holds
 */
record Filling(Instant at, long total, long read, double rate, boolean overflowed) {
    static final Filling UNKNOWN = new Filling(null, 0, -1, 0, false);
    static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final Duration LONG_WEEKEND = Duration.ofHours(72);

    /** The device has counted its records. */
    Filling counted(long newTotal, double newRate, long bufferSize, Instant now) {
        boolean anew = newTotal < read; // a log that begins anew has not overflowed
        boolean over = !anew && read >= 0 && bufferSize > 0 && newTotal - read > bufferSize;
        return new Filling(now, newTotal, anew ? -1 : read, newRate, over);
    }

    /** All that was counted is archived. */
    Filling archived() {
        return at == null ? this : new Filling(at, total, total, rate, overflowed);
    }

    /** How long the whole buffer lasts: by what the log's interval says, or what was counted if that is more. */
    Duration lasts(TrendLog log) {
        double perSecond = perSecond(log);
        double seconds = log.bufferSize() > 0 && perSecond > 0 ? log.bufferSize() / perSecond : Double.MAX_VALUE;
        return seconds < FOR_EVER.toSeconds() ? Duration.ofMillis(Math.round(seconds * 1000)) : FOR_EVER;
    }

    private double perSecond(TrendLog log) {
        return Math.max(rate, log.interval().isZero() ? 0 : 1000.0 / log.interval().toMillis());
    }

    /** When the oldest record that is not archived will be overwritten; null if that is not known. */
    Instant overflowAt(TrendLog log) {
        Duration lasts = lasts(log);
        return read < 0 || lasts.equals(FOR_EVER) ? null
                : at.plusMillis((long) (lasts.toMillis() * (1 - (double) (total - read) / log.bufferSize())));
    }

    /** What outlasts a long weekend without the network; null if the buffer does, or its rate is not known. */
    LogState.Advice advice(TrendLog log) {
        if (lasts(log).compareTo(LONG_WEEKEND) >= 0) {
            return null;
        }
        Duration interval = Duration.ofSeconds((LONG_WEEKEND.toSeconds() - 1) / log.bufferSize() + 1);
        return new LogState.Advice((long) Math.ceil(LONG_WEEKEND.toSeconds() * perSecond(log)),
                log.interval().isZero() ? null : interval);
    }
}
