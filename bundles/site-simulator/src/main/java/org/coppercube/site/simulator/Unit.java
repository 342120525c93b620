// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

/** One piece of equipment: a name, a place on the site and a character of its own. */
record Unit(Site site, String name) {

    private static final double HOUR = 3_600_000;

    /** What makes this unit differ from its sisters, -1 to 1, constant. */
    double trait(int which) {
        return site.noise().white(stream(which), 0);
    }

    /** Measuring noise, -1 to 1. */
    double jitter(int which, long time) {
        return site.noise().white(stream(which), time);
    }

    /** Slow change without a cause anyone measures, -1 to 1. */
    double drift(int which, long time, double hours) {
        return site.noise().drift(stream(which), time, (long) (hours * HOUR));
    }

    /** Presence as a room feels it: walls and air need an hour or two to follow. */
    double warmth(long time) {
        double sum = 0;
        for (int lag = 0; lag < 4; lag++) {
            sum += site.presence(time - (long) (lag * 0.5 * HOUR));
        }
        return sum / 4;
    }

    /** How hard it heats, 0 to 1. */
    double heating(long time) {
        return clamp((16 - site.outdoor(time)) / 28) * (0.6 + 0.4 * site.presence(time));
    }

    /** How hard it cools, 0 to 1. */
    double cooling(long time) {
        return clamp((site.outdoor(time) - 15) / 17) * site.presence(time);
    }

    static double clamp(double value) {
        return Math.max(0, Math.min(1, value));
    }

    // Kept apart from the small numbers that the site's own streams have.
    private long stream(int which) {
        return ((long) name.hashCode() << 16) + 1000 + which;
    }
}
