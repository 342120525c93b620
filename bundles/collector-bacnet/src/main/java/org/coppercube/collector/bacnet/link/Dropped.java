// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.coppercube.collector.bacnet.message.Station;

/**
 * Counts the datagrams that were not let in. It says so when the first comes for a reason, and then once an hour at
 * most: a flood of datagrams must be no flood of lines. Used by any thread.
 */
public final class Dropped {
    private static final long PAUSE = Duration.ofHours(1).toNanos();
    private static final int REASONS = Fence.Verdict.values().length;

    private final LongSupplier clock;
    private final Consumer<String> log;
    private final AtomicLongArray counts = new AtomicLongArray(REASONS);
    private final AtomicLongArray told = new AtomicLongArray(REASONS); // when

    /** @param clock as {@link System#nanoTime} */
    public Dropped(LongSupplier clock, Consumer<String> log) {
        this.clock = clock;
        this.log = log;
    }

    public void count(Fence.Verdict reason, InetSocketAddress from) {
        long count = counts.incrementAndGet(reason.ordinal());
        long before = told.get(reason.ordinal());
        long now = clock.getAsLong();
        if ((count == 1 || now - before >= PAUSE) && told.compareAndSet(reason.ordinal(), before, now)) {
            log.accept("datagrams are not let in: " + reason.words() + " (" + count + " until now, this one from "
                    + new Station(from) + "); what more of them come is told in an hour at the earliest");
        }
    }

    /** How many by reason. */
    public SortedMap<String, Long> counts() {
        SortedMap<String, Long> byReason = new TreeMap<>();
        for (Fence.Verdict reason : Fence.Verdict.values()) {
            if (counts.get(reason.ordinal()) > 0) {
                byReason.put(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), counts.get(reason.ordinal()));
            }
        }
        return Collections.unmodifiableSortedMap(byReason);
    }
}
