// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;

/** A growing row of bytes; the numbers in it take as few bytes as they need. {@link ByteReader} reads it back. */
final class ByteWriter {

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

    /** Numbers that are mostly zero: zigzag each, and after a zero how many more zeros follow it. */
    void column(long[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            zigzag(numbers[i]);
            if (numbers[i] == 0) {
                int more = 0;
                while (i + 1 < numbers.length && numbers[i + 1] == 0) {
                    i++;
                    more++;
                }
                varint(more);
            }
        }
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
