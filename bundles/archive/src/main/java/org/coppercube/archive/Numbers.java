// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;

/**
 * A row of whole numbers that are mostly small, each coded by what the two before it were like: first whether it is 0,
 * then its sign, then how many bits it has, then the bits below the first, of which only the upper four are worth
 * learning.
 */
final class Numbers {

    private static final int LEARNED_BITS = 4;
    private static final int SIZES = 12;
    private static final int LAST_THREE = 7;

    private final int[] zeros = RangeCoder.model((LAST_THREE + 1) * SIZES);
    private final int[] signs = RangeCoder.model(9);
    private final int[] sizes = RangeCoder.model(SIZES * Long.SIZE);
    private final int[] bits = RangeCoder.model(Long.SIZE << LEARNED_BITS);

    private int history;
    private int size;
    private int sizeBefore;
    private int sign = 1;
    private int signBefore = 1;

    /** A column of numbers, which may be steady for long: the first of them, and then what each adds to the one before. */
    static void column(RangeCoder coder, long[] numbers) {
        if (numbers.length == 0) {
            return;
        }
        numbers[0] = coder.number(numbers[0]);
        if (coder.flag(isSteady(numbers))) {
            Arrays.fill(numbers, numbers[0]);
            return;
        }
        Numbers steps = new Numbers();
        for (int i = 1; i < numbers.length; i++) {
            numbers[i] = numbers[i - 1] + steps.code(coder, numbers[i] - numbers[i - 1]);
        }
    }

    /** As {@link RangeCoder} does: writes the given number, or reads one. */
    long code(RangeCoder coder, long given) {
        int isNot0 = coder.bit(zeros, (history & LAST_THREE) * SIZES + size, given == 0 ? 0 : 1);
        history = history << 1 | isNot0;
        int signs3 = 3 * sign + signBefore;
        int likely = Math.max(size, sizeBefore);
        sizeBefore = size;
        signBefore = sign;
        if (isNot0 == 0) {
            size = 0;
            sign = 1;
            return 0;
        }
        int negative = coder.bit(signs, signs3, given < 0 ? 1 : 0);
        sign = 2 - 2 * negative;
        long magnitude = magnitude(coder, likely, Math.abs(given));
        return negative == 1 ? -magnitude : magnitude;
    }

    /** @param given as an unsigned number, for that of the smallest long has 64 bits */
    private long magnitude(RangeCoder coder, int likely, long given) {
        int below = coder.isWriting() ? Long.SIZE - 1 - Long.numberOfLeadingZeros(given) : 0;
        int found = 0;
        while (found < Long.SIZE - 1 && coder.bit(sizes, likely * Long.SIZE + found, found < below ? 1 : 0) == 1) {
            found++;
        }
        size = Math.min(SIZES - 1, found + 1);
        long number = 1;
        int left = found;
        while (left > 0 && found - left < LEARNED_BITS) {
            left--;
            number = number << 1 | coder.bit(bits, found << LEARNED_BITS | (int) number, (int) (given >>> left) & 1);
        }
        return number << left | coder.plain(left, left == 0 ? 0 : given & (1L << left) - 1);
    }

    private static boolean isSteady(long[] numbers) {
        int i = 1;
        while (i < numbers.length && numbers[i] == numbers[0]) {
            i++;
        }
        return i == numbers.length;
    }
}
