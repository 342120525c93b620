// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;

/**
 * An adaptive binary range coder (G. N. N. Martin 1979; carry as in LZMA). Each bit takes as much room as it is
 * improbable, and the probabilities learn. One description of the data serves both directions: when writing, a number
 * is given and comes back; when reading, the number given counts for nothing and the one that was written comes back.
 */
final class RangeCoder {

    /** Bits that a size may take. */
    private static final int SIZE_BITS = 7;
    /** Most bits that go through in one step without a probability. */
    private static final int PLAIN_BITS = 16;
    private static final int LEAST_RANGE = 1 << 24;
    /** A range with none of these bits is below the least. */
    private static final int TOP = -LEAST_RANGE;
    /** A probability of 22 bits that the bit is 0, and 10 bits that count what it has learned from. */
    private static final int EVEN = 1 << 31;
    private static final int MOST_LEARNED = 127;
    private static final int COUNT = 0x3FF;
    private static final int[] RATES = new int[MOST_LEARNED + 1];

    static {
        Arrays.setAll(RATES, learned -> (int) (8_192 / (learned + 1.6)));
    }

    private final boolean writing;
    private byte[] bytes;
    private int at;
    private int range = -1;
    private long low;
    /** Bytes that wait because a carry may still change them: the first, if there is one, and so many 0xFF after it. */
    private int waiting = -1;
    private int waitingFull;
    private int code;

    private RangeCoder(boolean writing, byte[] bytes) {
        this.writing = writing;
        this.bytes = bytes;
    }

    static RangeCoder writer() {
        return new RangeCoder(true, new byte[2_048]);
    }

    /** Reads what {@link #end} returned; zeros follow the last byte for ever. */
    static RangeCoder reader(byte[] bytes) {
        RangeCoder coder = new RangeCoder(false, bytes);
        for (int i = 0; i < Integer.BYTES; i++) {
            coder.code = coder.code << 8 | coder.next();
        }
        return coder;
    }

    /** Fresh probabilities for so many different contexts. */
    static int[] model(int contexts) {
        int[] model = new int[contexts];
        Arrays.fill(model, EVEN);
        return model;
    }

    boolean isWriting() {
        return writing;
    }

    /** A bit that is probable by what came before in its context. */
    int bit(int[] model, int context, int given) {
        int state = model[context];
        int bound = (range >>> 16) * (state >>> 16 | 1);
        int bit = given;
        if (!writing) {
            bit = code + Integer.MIN_VALUE < bound + Integer.MIN_VALUE ? 0 : 1; // without their signs
        }
        if (bit == 0) {
            range = bound;
            model[context] = state + step((EVEN >>> 9) - 1 - (state >>> 10), state);
        } else {
            if (writing) {
                low += bound & 0xFFFF_FFFFL;
            } else {
                code -= bound;
            }
            range -= bound;
            model[context] = state + step(-(state >>> 10), state);
        }
        while ((range & TOP) == 0) {
            shift();
        }
        return bit;
    }

    boolean flag(boolean given) {
        return plain(1, given ? 1 : 0) == 1;
    }

    /** So many bits, 0 to 64, all equally probable. */
    long plain(int bits, long given) {
        long number = 0;
        for (int left = bits; left > 0;) {
            int step = Math.min(left, PLAIN_BITS);
            left -= step;
            number = number << step | plainStep(step, (int) (given >>> left) & (1 << step) - 1);
        }
        return number;
    }

    /** A number of which nothing is known but that small ones are likelier. */
    long number(long given) {
        long folded = given << 1 ^ given >> 63;
        int size = (int) plain(SIZE_BITS, Long.SIZE - Long.numberOfLeadingZeros(folded));
        long unfolded = plain(size, folded);
        return unfolded >>> 1 ^ -(unfolded & 1);
    }

    /** How many there are of something, 1 or more. @throws IllegalArgumentException if damage makes it more than can be */
    int count(int given, int most) {
        long count = number(given);
        if (count < 1 || count > most) {
            throw new IllegalArgumentException(count + " of at most " + most);
        }
        return (int) count;
    }

    /** Ends writing. @return what was written, without the zeros at its end */
    byte[] end() {
        low = low + LEAST_RANGE - 1 & -LEAST_RANGE; // of all numbers in the range one with the most zeros at its end
        for (int i = 0; i <= Integer.BYTES; i++) {
            shift();
        }
        while (at > 0 && bytes[at - 1] == 0) {
            at--;
        }
        return Arrays.copyOf(bytes, at);
    }

    private int plainStep(int bits, int given) {
        range >>>= bits;
        int number = given;
        if (writing) {
            low += (range & 0xFFFF_FFFFL) * given;
        } else {
            number = Integer.divideUnsigned(code, range) & (1 << bits) - 1;
            code -= number * range;
        }
        while ((range & TOP) == 0) {
            shift();
        }
        return number;
    }

    private static int step(int distance, int state) {
        int learned = state & COUNT;
        int step = (distance >> 3) * RATES[learned] >> 10;
        return (step << 10) + (learned < MOST_LEARNED ? 1 : 0);
    }

    private void shift() {
        range <<= 8;
        if (writing) {
            shiftLow();
        } else {
            code = code << 8 | next();
        }
    }

    private void shiftLow() {
        if (low < 0xFF00_0000L || low > 0xFFFF_FFFFL) {
            int carry = (int) (low >>> 32);
            if (waiting >= 0) {
                put(waiting + carry);
            }
            for (; waitingFull > 0; waitingFull--) {
                put(0xFF + carry);
            }
            waiting = (int) (low >>> 24) & 0xFF;
        } else {
            waitingFull++;
        }
        low = (low & 0x00FF_FFFFL) << 8;
    }

    private void put(int octet) {
        if (at == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * at);
        }
        bytes[at++] = (byte) octet;
    }

    private int next() {
        return at < bytes.length ? bytes[at++] & 0xFF : 0;
    }
}
