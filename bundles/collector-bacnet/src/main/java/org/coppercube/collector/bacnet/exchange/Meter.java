// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.exchange;

import java.time.Duration;
import java.util.Arrays;
import java.util.SortedMap;
import org.coppercube.api.collect.Traffic;

/**
 * What asking has cost the network. A response time is that of a question sent once: of one that was repeated nobody
 * can tell which of the datagrams the device has answered. Used by any thread.
 */
public final class Meter {
    private static final int LATEST = 1024;

    private final long[] times = new long[LATEST];
    private long timed;
    private long requests;
    private long retries;
    private long timeouts;
    private long refusals;
    private int outstanding;

    synchronized void asked() {
        requests++;
    }

    synchronized void repeated() {
        retries++;
    }

    synchronized void unanswered() {
        timeouts++;
    }

    synchronized void refused() {
        refusals++;
    }

    /** @param nanoseconds from question to answer */
    synchronized void took(long nanoseconds) {
        times[(int) (timed++ % LATEST)] = nanoseconds;
    }

    synchronized void outstanding(int questions) {
        outstanding = questions;
    }

    public synchronized Traffic traffic(SortedMap<String, Long> dropped) {
        long[] sorted = Arrays.copyOf(times, (int) Math.min(timed, LATEST));
        Arrays.sort(sorted);
        return new Traffic(requests, retries, timeouts, refusals, outstanding, within(sorted, 50), within(sorted, 95),
                within(sorted, 99), dropped);
    }

    private static Duration within(long[] sorted, int percent) {
        return sorted.length == 0 ? Duration.ZERO : Duration.ofNanos(sorted[(sorted.length * percent + 99) / 100 - 1]);
    }
}
