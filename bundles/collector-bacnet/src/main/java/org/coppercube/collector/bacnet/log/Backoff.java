// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.time.Duration;

/** Pauses after what was in vain: each is twice the one before, up to the longest. */
public final class Backoff {
    public static final Duration FIRST = Duration.ofSeconds(10);
    public static final Duration LONGEST = Duration.ofMinutes(10);

    private Duration next = FIRST;

    /** The pause that would be made now. */
    public Duration next(Duration longest) {
        return next.compareTo(longest) < 0 ? next : longest;
    }

    /** Makes it. */
    public Duration take(Duration longest) {
        Duration pause = next(longest);
        next = pause.multipliedBy(2);
        return pause;
    }

    public void reset() {
        next = FIRST;
    }
}
