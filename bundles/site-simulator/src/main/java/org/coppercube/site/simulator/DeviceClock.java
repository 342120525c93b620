// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.time.LocalDateTime;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The clock of one device: it shows simulated time, give or take what is wrong with it. A clock that is set goes on
 * from there, and still goes wrong; that it was set is all that a simulator which starts again does not know.
 */
final class DeviceClock {

    private static final double DAY = 86_400_000;
    private static final int SETTINGS_KEPT = 1000; // records before the oldest of them change their time

    private final SimulatedClock time;
    private final Condition condition;
    private final long anchor;
    private final boolean right;
    private final TreeMap<Long, Long> settings = new TreeMap<>();

    DeviceClock(SimulatedClock time, Condition condition, long anchor) {
        this.time = time;
        this.condition = condition;
        this.anchor = anchor;
        this.right = Stream.of(Fault.CLOCK_OFF, Fault.CLOCK_DRIFT, Fault.CLOCK_JUMP, Fault.CLOCK_JUMP_UNLOGGED)
                .noneMatch(condition::has);
    }

    /** The true simulated time. */
    long now() {
        return time.now();
    }

    /** What the clock shows at a true time, in milliseconds since 1970. */
    long shown(long now) {
        if (right && settings.isEmpty()) {
            return now;
        }
        var setting = settings.floorEntry(now);
        return now + error(now) + (setting == null ? 0 : setting.getValue());
    }

    /** Whether it goes back between those times, so that later records may have earlier times. */
    boolean goesBack(long from, long to) {
        return !settings.isEmpty() || condition.has(Fault.CLOCK_JUMP) || condition.has(Fault.CLOCK_JUMP_UNLOGGED)
                || time.goesBack(shown(from), shown(to));
    }

    void set(long shown) {
        long now = now();
        settings.put(now, shown - now - error(now));
        if (settings.size() > SETTINGS_KEPT) {
            settings.pollFirstEntry();
        }
    }

    /** What it shows at a true time, as if its zone were UTC: the way in which devices compare times. */
    long local(long now) {
        return time.local(shown(now));
    }

    WallTime wall(long now) {
        return time.wall(shown(now));
    }

    /** The first moment, as {@link #shown}, at which it shows this; where it skips that, when it would have. */
    long moment(LocalDateTime wall) {
        return time.moment(wall);
    }

    long standardOffset(long now) {
        return time.standardOffset(shown(now));
    }

    boolean daylightSaving(long now) {
        return time.daylightSaving(shown(now));
    }

    private long error(long now) {
        long drift = condition.amount(Fault.CLOCK_DRIFT, 0);
        return condition.amount(Fault.CLOCK_OFF, 0) + (drift == 0 ? 0 : Math.round(drift * ((now - anchor) / DAY)))
                + jumped(Fault.CLOCK_JUMP, now) + jumped(Fault.CLOCK_JUMP_UNLOGGED, now);
    }

    private long jumped(Fault jump, long now) {
        return condition.when(jump).count(now) % 2 == 0 ? 0 : condition.amount(jump, 0);
    }
}
