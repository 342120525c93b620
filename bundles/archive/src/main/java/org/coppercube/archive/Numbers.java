// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;

/** A column of whole numbers. Each is told by what it adds to the one before, or to the same number for all. */
final class Numbers {

    /** So many numbers of a column give a median that is near enough. */
    private static final int SOME = 64;
    /** How many bits a small number has: the client compiler takes long to count them. */
    private static final byte[] SIZES = new byte[256];

    static {
        for (int i = 0; i < SIZES.length; i++) {
            SIZES[i] = (byte) (Integer.SIZE - Integer.numberOfLeadingZeros(i));
        }
    }

    private Numbers() {
    }

    /** Writes so many numbers, given as one if all are the same, or reads them so. */
    static long[] oneOrMore(RansCoder coder, long[] given, int count) {
        boolean one = coder.flag(given.length == 1);
        long[] numbers = coder.isWriting() ? given : new long[one ? 1 : count];
        column(coder, numbers);
        return numbers;
    }

    /** Writes the numbers, or puts in their place those that were written. */
    static void column(RansCoder coder, long[] numbers) {
        if (numbers.length == 0) {
            return;
        }
        boolean steps = false;
        long base = numbers[0];
        if (coder.isWriting() && !isSteady(numbers)) {
            long middle = median(numbers);
            steps = room(numbers, base, true) < room(numbers, middle, false);
            base = steps ? base : middle;
        }
        base = coder.number(base);
        steps = coder.flag(steps);
        long[] rests = coder.isWriting() ? rests(numbers, base, steps) : numbers;
        long unit = codeUnit(coder, rests);
        Rests.code(coder, rests);
        if (!coder.isWriting()) {
            add(base, steps, unit, numbers);
        }
    }

    /** What all are multiples of; when writing, these are divided by it. */
    private static long codeUnit(RansCoder coder, long[] rests) {
        long unit = coder.isWriting() ? unit(rests) : 1;
        if (!coder.flag(unit > 1)) {
            return 1;
        }
        unit = coder.number(unit);
        if (coder.isWriting()) {
            for (int i = 0; i < rests.length; i++) {
                rests[i] /= unit;
            }
        }
        return unit;
    }

    private static long unit(long[] rests) {
        long unit = 0;
        for (int i = 0; i < rests.length && unit != 1; i++) {
            long rest = Math.abs(rests[i]);
            while (rest != 0) { // Euclid's way
                long left = unit % rest;
                unit = rest;
                rest = left;
            }
        }
        return unit;
    }

    private static void add(long base, boolean steps, long unit, long[] numbers) {
        long sum = base;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = sum + unit * numbers[i];
            if (steps) {
                sum = numbers[i];
            }
        }
    }

    static boolean isSteady(long[] numbers) {
        int i = 1;
        while (i < numbers.length && numbers[i] == numbers[0]) {
            i++;
        }
        return i >= numbers.length;
    }

    private static long median(long[] numbers) {
        long[] some = new long[Math.min(SOME, numbers.length)];
        Arrays.setAll(some, i -> numbers[i * numbers.length / some.length]);
        Arrays.sort(some);
        return some[some.length / 2];
    }

    private static long room(long[] numbers, long base, boolean steps) {
        long room = 0;
        long before = base;
        for (long number : numbers) {
            room += size(number - before);
            before = steps ? number : base;
        }
        return room;
    }

    private static long[] rests(long[] numbers, long base, boolean steps) {
        long[] rests = new long[numbers.length];
        long before = base;
        for (int i = 0; i < numbers.length; i++) {
            rests[i] = numbers[i] - before;
            before = steps ? numbers[i] : base;
        }
        return rests;
    }

    /** How many bits a number has without its sign. */
    static int size(long number) {
        return bits(Math.abs(number));
    }

    /** How many bits an unsigned number has. */
    static int bits(long number) {
        return number >>> Byte.SIZE == 0 ? SIZES[(int) number] : Long.SIZE - Long.numberOfLeadingZeros(number);
    }
}
