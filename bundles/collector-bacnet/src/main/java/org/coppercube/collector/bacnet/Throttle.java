// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.time.Duration;

/** Lets so much pass each second, and no more. Belongs to one thread. */
final class Throttle {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final int most;
    private long since;
    private int passed;

    Throttle(int most, long now) {
        this.most = most;
        this.since = now;
    }

    /** @param now as {@link System#nanoTime} tells it */
    boolean lets(long now) {
        if (now - since >= SECOND) {
            since = now;
            passed = 0;
        }
        return passed++ < most;
    }
}
