// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;

/** A growing row of bytes; the numbers in it take as few bytes as they need. {@link ByteReader} reads it back. */
final class ByteWriter {

    /** So many numbers of a column are packed together. */
    static final int PACKED = 64;
    /** The most bits that a packed number takes; with those that wait for their byte to fill they fit a long. */
    static final int WIDEST = Long.SIZE - Byte.SIZE + 1;
    static final int SOME_WIDER = 128;
    /** What one that does not fit takes besides its upper bits, about. */
    private static final int WIDER_BITS = 12;

    private byte[] bytes = new byte[128];
    private int size;

    int size() {
        return size;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void octet(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** Seven bits a byte, lowest first; the number counts as unsigned. */
    void varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A varint in which small negative numbers are short too. */
    void zigzag(long value) {
        varint(value << 1 ^ value >> 63);
    }

    /** Four bytes, highest first. */
    void int32(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            octet(value >>> shift);
        }
    }

    /**
     * Numbers that are mostly small, zigzag each, up to 64 at a time: a byte that says how many bits each takes, plus
     * 128 if some do not fit; then how many these are; then the lower bits of all, one number after the other, lowest
     * bit first; then, for each that does not fit, its index and a varint of its upper bits.
     */
    void column(long[] numbers) {
        for (int from = 0; from < numbers.length; from += PACKED) {
            pack(numbers, from, Math.min(numbers.length, from + PACKED));
        }
    }

    private void pack(long[] numbers, int from, int to) {
        long[] folded = new long[to - from];
        int[] ofSize = new int[Long.SIZE + 1];
        long any = 0;
        for (int i = 0; i < folded.length; i++) {
            folded[i] = numbers[from + i] << 1 ^ numbers[from + i] >> 63;
            any |= folded[i];
        }
        if (any == 0) {
            octet(0);
            return;
        }
        for (long number : folded) {
            ofSize[Numbers.bits(number)]++;
        }
        int width = width(ofSize, folded.length);
        int wider = 0;
        for (int size = width + 1; size <= Long.SIZE; size++) {
            wider += ofSize[size];
        }
        octet(width | (wider > 0 ? SOME_WIDER : 0));
        if (wider > 0) {
            octet(wider);
        }
        lowerBits(folded, width);
        for (int i = 0; i < folded.length; i++) {
            if (folded[i] >>> width != 0) {
                octet(i);
                varint(folded[i] >>> width);
            }
        }
    }

    private void lowerBits(long[] numbers, int width) {
        room(Long.BYTES * numbers.length);
        long bits = 0;
        int filled = 0;
        for (long number : numbers) {
            bits |= (number & (1L << width) - 1) << filled;
            for (filled += width; filled >= Byte.SIZE; filled -= Byte.SIZE) {
                bytes[size++] = (byte) bits;
                bits >>>= Byte.SIZE;
            }
        }
        if (filled > 0) {
            bytes[size++] = (byte) bits;
        }
    }

    /** So many bits for each that all take the least room. */
    private static int width(int[] ofSize, int count) {
        int best = WIDEST;
        int least = Integer.MAX_VALUE;
        int wider = 0;
        int widerBits = 0;
        for (int size = Long.SIZE; size >= 0; size--) {
            int bits = size * count + widerBits - size * wider + WIDER_BITS * wider;
            if (size <= WIDEST && bits < least) {
                best = size;
                least = bits;
            }
            wider += ofSize[size];
            widerBits += size * ofSize[size];
        }
        return best;
    }

    /** Any text, unpaired surrogates included, which UTF-8 would lose. */
    void text(String text) {
        varint(text.length());
        for (int i = 0; i < text.length(); i++) {
            varint(text.charAt(i));
        }
    }

    void counted(byte[] more) {
        varint(more.length);
        raw(more);
    }

    void raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
