// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

/** Randomness that repeats itself: the same place in the same stream is the same number in every run. */
record Noise(long seed) {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** From -1 to 1, without memory from one place to the next. */
    double white(long stream, long place) {
        return mix(mix(seed + stream * GOLDEN) + place * GOLDEN) * 0x1p-63;
    }

    /** From -1 to 1, wandering smoothly and turning about once in a period. */
    double drift(long stream, long time, long period) {
        long cell = Math.floorDiv(time, period);
        double x = Math.floorMod(time, period) / (double) period;
        double from = white(stream, cell);
        return from + (white(stream, cell + 1) - from) * x * x * (3 - 2 * x);
    }

    // SplitMix64's finisher: neighbouring places get unrelated numbers.
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
