// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

/**
 * Numbers at equal distances, from 0 on: those that a sensor or a unit's conversion can give.
 *
 * @param divisor the distance is 1 by this; 0 for a distance that is given by {@code step}
 * @param step the distance, if divisor is 0
 */
record Grid(int divisor, double step) {

    private static final double FURTHEST = 1e15;

    static Grid of(int divisor) {
        return new Grid(divisor, 0);
    }

    float at(long index) {
        return (float) (divisor > 0 ? (double) index / divisor : index * step);
    }

    /** Index of the place that is nearest to a number. */
    long nearest(float real) {
        double index = divisor > 0 ? (double) real * divisor : real / step;
        return Math.abs(index) < FURTHEST ? (long) (index < 0 ? index - 0.5 : index + 0.5) : 0; // of a half, either
    }

    /** Whether the nearest place is that number to the last bit. */
    boolean has(float real) {
        return Float.floatToRawIntBits(at(nearest(real))) == Float.floatToRawIntBits(real);
    }
}
