// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

/**
 * What all equipment of the building shares: its weather and its working week. Times are milliseconds since 1970.
 *
 * @param noise where chance comes from
 * @param standardOffset milliseconds the building's clock is ahead of UTC; its programme knows no daylight saving time,
 *        which keeps meters from running backwards when clocks do
 */
record Site(Noise noise, long standardOffset) {

    private static final long HOUR = 3_600_000;
    private static final double YEAR = 365.2425 * 24 * HOUR;
    private static final double[] WORKING_DAY = {
        0, 0, 6, 0, 8, 1, 12, 1, 12.5, .8, 13.5, 1, 17, .95, 19, .15, 21, .1, 22, 0, 24, 0};
    private static final double[] SATURDAY = {0, 0, 8, 0, 9.5, .3, 13, .25, 15, 0, 24, 0};
    private static final double[] SUNDAY = {0, 0, 24, 0};
    private static final WeeklyShape PRESENCE = new WeeklyShape(
            WORKING_DAY, WORKING_DAY, WORKING_DAY, WORKING_DAY, WORKING_DAY, SATURDAY, SUNDAY);
    private static final int FRONTS = 1;
    private static final int GUSTS = 2;
    private static final int CLOUDS = 3;

    /** Share of the people who are in, 0 to 1. */
    double presence(long time) {
        return PRESENCE.at(time + standardOffset);
    }

    /** Hours of full presence since long ago. */
    double presenceHours(long time) {
        return PRESENCE.integral(time + standardOffset);
    }

    /** Winter is 1, summer -1. */
    double winter(long time) {
        return Math.cos(2 * Math.PI * (time + standardOffset - 20 * 24 * HOUR) / YEAR);
    }

    /** Hours since 1970, each weighed with 1 + winter. */
    double winterHours(long time) {
        double angle = 2 * Math.PI * (time + standardOffset - 20 * 24 * HOUR) / YEAR;
        return ((double) time + Math.sin(angle) * YEAR / (2 * Math.PI)) / HOUR;
    }

    /** Outdoor temperature, degrees Celsius. */
    double outdoor(long time) {
        double day = Math.cos(2 * Math.PI * (hourOfDay(time) - 15) / 24);
        return 11 - 10 * winter(time) + (3 + 2 * sky(time)) * day
                + 5 * noise.drift(FRONTS, time, 70 * HOUR) + 0.7 * noise.drift(GUSTS, time, HOUR);
    }

    /** Sunshine on a level square metre, watts. */
    double sunshine(long time) {
        double height = -Math.cos(2 * Math.PI * hourOfDay(time) / 24) - 0.35 * winter(time);
        return Math.max(0, height) * (0.25 + 0.75 * sky(time)) * 700;
    }

    /** 0 overcast, 1 clear. */
    double sky(long time) {
        return (1 + noise.drift(CLOUDS, time, 9 * HOUR)) / 2;
    }

    private double hourOfDay(long time) {
        return Math.floorMod(time + standardOffset, 24 * HOUR) / (double) HOUR;
    }
}
