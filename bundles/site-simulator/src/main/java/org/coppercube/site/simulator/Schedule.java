// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

/**
 * When something happens, in simulated time: at its first time and then every so often, or just once.
 *
 * @param first milliseconds since 1970
 * @param every milliseconds; 0 for once
 */
record Schedule(long first, long every) {

    static final Schedule NEVER = new Schedule(Long.MAX_VALUE, 0);

    /** How often it has happened by then. */
    long count(long now) {
        if (now < first) {
            return 0;
        }
        return every == 0 ? 1 : (now - first) / every + 1;
    }

    /** @param turn 1 for the first time */
    long time(long turn) {
        return first + (turn - 1) * every;
    }

    /** Whether less than {@code length} has passed since it happened last. */
    boolean lasts(long length, long now) {
        long turn = count(now);
        return turn > 0 && now - time(turn) < length;
    }
}
