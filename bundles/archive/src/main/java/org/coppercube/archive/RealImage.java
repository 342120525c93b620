// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What whole numbers stand for some REAL readings.
 *
 * @param form what they are
 * @param grid the grid whose places they are, with DIVISOR and STEP
 * @param list all different readings, which they index, with LIST
 */
record RealImage(Form form, Grid grid, long[] list) {

    /** The order of these lies on disk. */
    enum Form { BITS, DIVISOR, STEP, LIST }

    static final RealImage BITS = new RealImage(Form.BITS, Grid.of(1), new long[0]);

    /** The first eight are what sensors and people use; the others come from averages and from Fahrenheit. */
    private static final int[] DIVISORS = {1, 2, 4, 10, 20, 100, 8, 1_000, 3, 9, 18, 36, 180};
    private static final int USUAL = 8;
    /** If more than one reading in so many is off a grid, it is none. */
    private static final int STRAYS = 16;
    /** If more than one reading in so many is a new one, listing them gains nothing. */
    private static final int LISTED = 5;
    private static final double STRAY_BITS = 38;
    private static final double LISTED_BITS = 5;
    private static final double STEP_BITS = 64;
    /** What a number takes for each of its bits. */
    private static final double BIT = 1.3;

    /** The one that takes the least room, by an estimate. */
    static RealImage of(float[] reals) {
        long[] numbers = new long[reals.length];
        Arrays.setAll(numbers, i -> RealColumn.rising(reals[i]));
        long[] list = different(numbers);
        RealImage best = BITS;
        double least = bits(numbers, numbers.length);
        if (list.length > 0) {
            Arrays.setAll(numbers, i -> Arrays.binarySearch(list, numbers[i]));
            double bits = LISTED_BITS * list.length + bits(list, list.length) / BIT + bits(numbers, numbers.length);
            if (bits < least) {
                least = bits;
                best = new RealImage(Form.LIST, BITS.grid, list);
            }
        }
        int strays = 1;
        int tried = 0;
        while (tried < DIVISORS.length && strays > 0) {
            Grid grid = Grid.of(DIVISORS[tried++]);
            strays = place(reals, grid, numbers);
            double bits = bits(numbers, reals.length, strays);
            if (bits < least) {
                least = bits;
                best = new RealImage(Form.DIVISOR, grid, BITS.list);
            }
        }
        if (strays > 0 || tried > USUAL) {
            Grid grid = new Grid(0, CommonStep.of(reals));
            double bits = STEP_BITS + bits(numbers, reals.length, place(reals, grid, numbers));
            if (bits < least) {
                best = new RealImage(Form.STEP, grid, BITS.list);
            }
        }
        return best;
    }

    /** Finds the places of those that are on the grid. @return how many are not, counted no further than matters */
    private static int place(float[] reals, Grid grid, long[] places) {
        int strays = 0;
        for (int i = 0; i < reals.length && strays <= reals.length / STRAYS; i++) {
            long place = grid.nearest(reals[i]);
            if (Float.floatToRawIntBits(grid.at(place)) == Float.floatToRawIntBits(reals[i])) {
                places[i - strays] = place;
            } else {
                strays++;
            }
        }
        return strays;
    }

    private static double bits(long[] places, int count, int strays) {
        return strays > count / STRAYS ? Double.POSITIVE_INFINITY : STRAY_BITS * strays + bits(places, count - strays);
    }

    private static double bits(long[] numbers, int count) {
        long bits = Long.SIZE;
        for (int i = 1; i < count; i++) {
            bits += Long.SIZE - Long.numberOfLeadingZeros(Math.abs(numbers[i] - numbers[i - 1]));
        }
        return BIT * bits;
    }

    /** All different ones, in order; none if they are too many. */
    private static long[] different(long[] numbers) {
        int most = numbers.length / LISTED;
        int slots = Integer.highestOneBit(4 * most + 1);
        long[] table = new long[slots];
        boolean[] taken = new boolean[slots];
        int count = 0;
        for (long number : numbers) {
            int slot = (int) (number * 0x9E37_79B9_7F4A_7C15L >>> 32) & slots - 1;
            while (taken[slot] && table[slot] != number) {
                slot = slot + 1 & slots - 1;
            }
            if (!taken[slot]) {
                if (++count > most) {
                    return BITS.list;
                }
                taken[slot] = true;
                table[slot] = number;
            }
        }
        return IntStream.range(0, slots).filter(slot -> taken[slot]).mapToLong(slot -> table[slot]).sorted().toArray();
    }
}
