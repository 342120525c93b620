// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.coppercube.api.trend.TrendLogId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The face for readers: it can only ask. Calls hold no lock and no resource between each other, so a reader may stop
 * anywhere, and memory is bounded by {@code limit} whatever the range. Any thread may call. Every method throws
 * {@link ArchiveException} when the archive cannot answer now.
 */
@ProviderType
public interface ArchiveQuery {

    /** Every log that was ever described, by id. */
    List<Holding> holdings();

    /** One of them. */
    Optional<Holding> holding(TrendLogId log);

    /** All of them in figures. */
    Totals totals();

    /**
     * What is known to be lost, by log, day and cause, in that order: the sums of all {@code Reading.Gap}, each on the
     * day of its time on the device's own clock.
     *
     * @param from first day wanted
     * @param to first day no longer wanted
     */
    List<Loss> losses(LocalDate from, LocalDate to);

    /**
     * Samples of a log whose time is in a range, in record order. A device's clock may have gone back, so times need
     * not rise. Where a part of the archive is damaged there is a {@code Reading.Gap} for all of its records, at their
     * first time, or where the range begins later.
     *
     * @param from first time wanted, 1/100 s since 1970 UTC; {@link Long#MIN_VALUE} for the beginning
     * @param to first time no longer wanted; {@link Long#MAX_VALUE} for the end
     * @param start 0, or {@link Page#next} of the page before
     * @param limit at most so many samples, 1 or more
     * @return an empty page for a log nobody knows
     */
    Page samples(TrendLogId log, long from, long to, long start, int limit);

    /**
     * At most {@code maxPoints} real samples that draw the same picture: the smallest and the largest of every bucket,
     * in record order. The archive chooses where the buckets begin and end. Only {@code Reading.Numeric} samples that
     * are neither NaN nor infinite take part.
     *
     * @param maxPoints 2 or more
     */
    List<Slice> extremes(TrendLogId log, long from, long to, int maxPoints);

    /**
     * The readings of a range by interval, each where its time lies, whatever the record order; intervals without one
     * have no row. The first and the last interval count what lies in the range only.
     *
     * @param from first time wanted, or {@link RollupPage#next} of the page before
     * @param to first time no longer wanted
     * @param limit at most so many rows, 1 or more
     * @return an empty page for a log nobody knows
     */
    RollupPage rollups(TrendLogId log, long from, long to, Interval interval, int limit);
}
