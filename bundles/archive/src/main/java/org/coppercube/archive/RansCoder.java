// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;

/**
 * Entropy coder by asymmetric numeral systems, range variant (J. Duda, arXiv:1311.2540). All that was coded is one
 * state of 31 bits and the words of 16 bits that it let go. One description of the data serves both directions: when
 * writing, what is given is kept and comes back; when reading, the given counts for nothing and what was written comes
 * back. What is to be read first must be written last, so {@link #end} does all writing, from the last step to the
 * first.
 */
final class RansCoder {

    /** Most bits that one step takes. */
    private static final int MOST_BITS = 15;
    /** Bits that a size may take. */
    private static final int SIZE_BITS = 7;
    private static final int LEAST = 1 << 15;
    /** Where they are in a step that is kept, after the start. */
    private static final int FREQUENCY = 15;
    private static final int BITS = 26;

    private final boolean writing;
    private final byte[] bytes;
    private int at;
    private int state;
    private int[] steps = new int[64];
    private int count;

    private RansCoder(boolean writing, byte[] bytes) {
        this.writing = writing;
        this.bytes = bytes;
    }

    static RansCoder writer() {
        return new RansCoder(true, new byte[0]);
    }

    /** Reads what {@link #end} returned; beyond its end it throws {@link IndexOutOfBoundsException}. */
    static RansCoder reader(byte[] bytes) {
        RansCoder coder = new RansCoder(false, bytes);
        coder.state = coder.word() << 16 | coder.word();
        return coder;
    }

    boolean isWriting() {
        return writing;
    }

    /**
     * Writes one step of any kind: it takes as much room as its share of all places is small.
     *
     * @param start first of its places
     * @param frequency how many places of 2^bits are its own, less than 2^11
     * @param bits 1 to 15
     */
    void write(int start, int frequency, int bits) {
        if (count == steps.length) {
            steps = Arrays.copyOf(steps, 4 * count);
        }
        steps[count++] = bits << BITS | frequency << FREQUENCY | start;
    }

    /**
     * Reads numbers as {@link Rests} writes them, by the entries of these places. All is kept in local variables: it is
     * done for each sample, and the client compiler keeps no field in a register.
     */
    void read(int[] table, long[] numbers) {
        int x = state;
        int own = 0;
        int before = 0;
        for (int i = 0; i < numbers.length; i++) {
            int context = Math.max(own, before);
            before = own;
            int place = x & Frequencies.ALL - 1;
            int entry = table[context << Frequencies.BITS | place];
            x = Frequencies.frequency(entry) * (x >>> Frequencies.BITS) + place - Frequencies.start(entry);
            if (x < LEAST) {
                x = x << Short.SIZE | word();
            }
            own = Frequencies.context(entry);
            int symbol = Frequencies.symbol(entry);
            int below = symbol - 1 >> 1;
            long number = symbol < 3 ? symbol + 1 >> 1 : 1L << below;
            if (below > MOST_BITS) {
                state = x;
                number |= plain(below, 0);
                x = state;
            } else if (below > 0) {
                number |= x & (1 << below) - 1;
                x >>>= below;
                if (x < LEAST) {
                    x = x << Short.SIZE | word();
                }
            }
            numbers[i] = (symbol & 1) == 1 ? number : -number;
        }
        state = x;
    }

    boolean flag(boolean given) {
        return plain(1, given ? 1 : 0) == 1;
    }

    /** So many bits, 0 to 64, all equally probable. */
    long plain(int bits, long given) {
        if (bits > MOST_BITS) {
            long upper = plain(bits - MOST_BITS, given >>> MOST_BITS);
            return upper << MOST_BITS | plain(MOST_BITS, given);
        }
        if (!writing) {
            return readPlain(bits);
        }
        int number = (int) given & (1 << bits) - 1;
        if (bits > 0) {
            write(number, 1, bits);
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

    /** A number of which 0 takes one bit. */
    int small(int given) {
        int folded = (given << 1 ^ given >> 31) + 1;
        int size = 0;
        while (flag(folded >>> size + 1 != 0) && size < 15) {
            size++;
        }
        int unfolded = (1 << size | (int) plain(size, folded)) - 1;
        return unfolded >>> 1 ^ -(unfolded & 1);
    }

    /** How many there are of something, 1 or more. @throws IllegalArgumentException if damage makes it more */
    int count(int given, int most) {
        long count = number(given);
        if (count < 1 || count > most) {
            throw new IllegalArgumentException(count + " of at most " + most);
        }
        return (int) count;
    }

    /** Ends writing. @return all that was written */
    byte[] end() {
        byte[] words = new byte[2 * count + Integer.BYTES];
        int first = words.length;
        int x = LEAST;
        for (int i = count - 1; i >= 0; i--) {
            int bits = steps[i] >>> BITS;
            int frequency = steps[i] >>> FREQUENCY & (1 << BITS - FREQUENCY) - 1;
            if (x >= (long) frequency << 31 - bits) {
                words[--first] = (byte) x;
                words[--first] = (byte) (x >>> 8);
                x >>>= 16;
            }
            int start = steps[i] & (1 << FREQUENCY) - 1;
            x = frequency == 1 ? x << bits | start : (x / frequency << bits) + x % frequency + start;
        }
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            words[--first] = (byte) (x >>> shift);
        }
        return Arrays.copyOfRange(words, first, words.length);
    }

    /** @throws IllegalArgumentException if what was read was not all there was */
    void requireEnd() {
        if (at != bytes.length || state != LEAST) {
            throw new IllegalArgumentException("it does not end where its samples end");
        }
    }

    private int readPlain(int bits) {
        int number = state & (1 << bits) - 1;
        state >>>= bits;
        if (state < LEAST) {
            refill();
        }
        return number;
    }

    private void refill() {
        state = state << Short.SIZE | word();
    }

    private int word() {
        at += 2;
        return (bytes[at - 2] & 0xFF) << 8 | bytes[at - 1] & 0xFF;
    }
}
