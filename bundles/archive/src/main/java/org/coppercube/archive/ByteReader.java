// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote; past the end it throws {@link IndexOutOfBoundsException}. */
final class ByteReader {

    private final byte[] bytes;
    private int at;

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean atEnd() {
        return at == bytes.length;
    }

    int octet() {
        return bytes[at++] & 0xFF;
    }

    long varint() {
        long value = 0;
        for (int shift = 0;; shift += 7) {
            byte part = bytes[at++];
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }

    /** A varint with a limit, so a damaged one cannot ask for gigabytes. */
    int count(int atMost) {
        return limited(varint(), atMost);
    }

    long zigzag() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    int int32() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | octet();
        }
        return value;
    }

    long[] column(int length) {
        long[] numbers = new long[length];
        for (int from = 0; from < length; from += ByteWriter.PACKED) {
            unpack(numbers, from, Math.min(length, from + ByteWriter.PACKED));
        }
        return numbers;
    }

    private void unpack(long[] numbers, int from, int to) {
        int head = octet();
        int width = head & ByteWriter.SOME_WIDER - 1;
        int wider = (head & ByteWriter.SOME_WIDER) != 0 ? octet() : 0;
        limited(width, ByteWriter.WIDEST);
        long bits = 0;
        int filled = 0;
        for (int i = from; i < to; i++) {
            for (; filled < width; filled += Byte.SIZE) {
                bits |= (long) octet() << filled;
            }
            numbers[i] = bits & (1L << width) - 1;
            bits >>>= width;
            filled -= width;
        }
        for (; wider > 0; wider--) {
            int i = from + limited(octet(), to - from - 1);
            numbers[i] |= varint() << width;
        }
        for (int i = from; i < to; i++) {
            numbers[i] = numbers[i] >>> 1 ^ -(numbers[i] & 1);
        }
    }

    String text() {
        char[] text = new char[length()];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) varint();
        }
        return new String(text);
    }

    byte[] counted() {
        int length = length();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    byte[] rest() {
        int from = at;
        at = bytes.length;
        return Arrays.copyOfRange(bytes, from, at);
    }

    /** Of something that follows and takes at least a byte for each that is counted. */
    private int length() {
        long value = varint();
        return limited(value, bytes.length - at);
    }

    private static int limited(long value, int atMost) {
        if (value < 0 || value > atMost) {
            throw new IndexOutOfBoundsException(value + " of at most " + atMost);
        }
        return (int) value;
    }
}
