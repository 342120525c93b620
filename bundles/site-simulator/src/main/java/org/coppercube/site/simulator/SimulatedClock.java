// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/**
 * The clock of all devices. It shows the real time at the pivot and runs {@code factor} times as fast, so that it is
 * the same in every run of the program. Times are milliseconds since 1970.
 */
final class SimulatedClock {

    private final Clock real;
    private final ZoneId zone;
    private final long pivot;
    private final int factor;

    SimulatedClock(Clock real, ZoneId zone, Instant pivot, int factor) {
        this.real = real;
        this.zone = zone;
        this.pivot = pivot.toEpochMilli();
        this.factor = factor;
    }

    long now() {
        return pivot + (real.millis() - pivot) * factor;
    }

    /** The real time, by which the network goes. */
    long real() {
        return real.millis();
    }

    WallTime wall(long time) {
        return WallTime.of(LocalDateTime.ofInstant(Instant.ofEpochMilli(time), zone));
    }

    /** What the wall clock shows, in milliseconds since 1970 of that clock. */
    long local(long time) {
        return time + zone.getRules().getOffset(Instant.ofEpochMilli(time)).getTotalSeconds() * 1000L;
    }

    /** Whether the wall clock is put back between these times. */
    boolean goesBack(long from, long to) {
        ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.ofEpochMilli(from));
        while (change != null && change.toEpochSecond() * 1000 <= to) {
            if (change.isOverlap()) {
                return true;
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return false;
    }

    /** The first moment at which the wall clock shows this; where it skips that, the moment it would have been. */
    long moment(LocalDateTime wall) {
        return wall.atZone(zone).toInstant().toEpochMilli();
    }

    long standardOffset(long time) {
        return zone.getRules().getStandardOffset(Instant.ofEpochMilli(time)).getTotalSeconds() * 1000L;
    }

    boolean daylightSaving(long time) {
        return zone.getRules().isDaylightSavings(Instant.ofEpochMilli(time));
    }
}
