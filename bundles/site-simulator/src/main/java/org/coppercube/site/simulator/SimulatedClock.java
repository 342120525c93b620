// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

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
