// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

/** A curve that repeats every week, with its exact integral, so that a meter can follow it for years without memory. */
final class WeeklyShape {

    private static final int KNOTS = 7 * 48;
    private static final long KNOT_MILLIS = 30 * 60_000L;
    private static final long WEEK_MILLIS = KNOTS * KNOT_MILLIS;
    private static final long FIRST_MONDAY = 4 * 86_400_000L; // 1970-01-05

    private final double[] heights = new double[KNOTS + 1];
    private final double[] areas = new double[KNOTS + 1];

    /** @param days Monday to Sunday, each a row of {@code hour, height, hour, height, …} from 0 to 24 o'clock */
    WeeklyShape(double[]... days) {
        for (int knot = 0; knot < KNOTS; knot++) {
            heights[knot] = interpolate(days[knot / 48], knot % 48 / 2.0);
        }
        heights[KNOTS] = heights[0];
        for (int knot = 0; knot < KNOTS; knot++) {
            areas[knot + 1] = areas[knot] + (heights[knot] + heights[knot + 1]) / 2;
        }
    }

    /** @param localTime milliseconds since 1970 on the building's own clock */
    double at(long localTime) {
        long inWeek = Math.floorMod(localTime - FIRST_MONDAY, WEEK_MILLIS);
        int knot = (int) (inWeek / KNOT_MILLIS);
        double x = inWeek % KNOT_MILLIS / (double) KNOT_MILLIS;
        return heights[knot] + (heights[knot + 1] - heights[knot]) * x;
    }

    /** Area under the curve since the first Monday of 1970, in height times hours. */
    double integral(long localTime) {
        long weeks = Math.floorDiv(localTime - FIRST_MONDAY, WEEK_MILLIS);
        long inWeek = Math.floorMod(localTime - FIRST_MONDAY, WEEK_MILLIS);
        int knot = (int) (inWeek / KNOT_MILLIS);
        double x = inWeek % KNOT_MILLIS / (double) KNOT_MILLIS;
        double partial = (heights[knot] + at(localTime)) / 2 * x;
        return (weeks * areas[KNOTS] + areas[knot] + partial) * KNOT_MILLIS / 3_600_000;
    }

    private static double interpolate(double[] day, double hour) {
        int right = 2;
        while (day[right] < hour) {
            right += 2;
        }
        double x = (hour - day[right - 2]) / (day[right] - day[right - 2]);
        return day[right - 1] + (day[right + 1] - day[right - 1]) * x;
    }
}
