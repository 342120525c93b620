// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import java.time.Duration;

/** Lets so many pass each second in the long run, and so many at once. Belongs to one thread. */
public final class Throttle {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final long interval;
    private final long slack;
    private long next; // when one would pass if none came early

    /**
     * @param perSecond 0 for as many as come
     * @param now as {@link System#nanoTime} tells it
     */
    public Throttle(int perSecond, int atOnce, long now) {
        interval = perSecond == 0 ? 0 : SECOND / perSecond;
        slack = interval * (atOnce - 1);
        next = now;
    }

    /** Lets one pass, or says how long it is too early for that: 0 when it has passed. */
    public long pass(long now) {
        long early = next - slack - now;
        if (interval == 0 || early <= 0) {
            next = (next - now > 0 ? next : now) + interval;
            return 0;
        }
        return early;
    }

    public boolean lets(long now) {
        return pass(now) == 0;
    }
}
