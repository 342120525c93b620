// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;

/**
 * What a chunk's readings amount to, so that a chart of ten years need not open every chunk. As bytes, all numbers
 * variable in length: how many finite numbers; unless none, the number of terms of their sum and each; how many
 * extremes and each, less the one before: kind of reading + 32 * source of the time + 128 * status flags, sequence,
 * time, offset, reading; the last reading's time, less that of the last extreme, and magnitude; and two bytes of check
 * sum. A double is written from its last byte to its first, because mostly its last are zero.
 *
 * @param count how many readings are finite numbers
 * @param sum doubles that add up to exactly their sum; none where that would take too many, then it is not known
 * @param extremes the samples with the smallest and the largest of them, in record order; none when there are none,
 *        one when it is the same
 * @param lastTime the latest time of one of them
 * @param last its magnitude; of several at that time, the last in record order
 */
record Summary(int count, List<Double> sum, List<Sample> extremes, long lastTime, double last) {

    private static final int MOST_TERMS = 4;
    private static final Sample.TimeSource[] SOURCES = Sample.TimeSource.values();
    private static final Sample ZERO = new Sample(0, 0, 0, new Reading.Real(0));

    static Summary of(List<Sample> samples) {
        int count = 0;
        ExactSum sum = new ExactSum();
        Sample least = null;
        Sample most = null;
        Sample last = null;
        for (Sample sample : samples) {
            double magnitude = magnitude(sample);
            if (Double.isFinite(magnitude)) {
                count++;
                sum.add(magnitude);
                least = least == null || magnitude < magnitude(least) ? sample : least;
                most = most == null || magnitude > magnitude(most) ? sample : most;
                last = last == null || sample.time() >= last.time() ? sample : last;
            }
        }
        return count == 0 ? new Summary(0, List.of(), List.of(), 0, 0)
                : new Summary(count, sum.terms(MOST_TERMS), inOrder(least, most), last.time(), magnitude(last));
    }

    /** The reading as a number; NaN for one that takes no part in charts. */
    static double magnitude(Sample sample) {
        return sample.reading() instanceof Reading.Numeric reading ? reading.magnitude() : Double.NaN;
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter();
        out.varint(count);
        if (count > 0) {
            out.octet(sum.size());
            sum.forEach(term -> write(term, out));
            out.octet(extremes.size());
            Sample before = ZERO;
            for (Sample sample : extremes) {
                write(sample, before, out);
                before = sample;
            }
            out.zigzag(lastTime - before.time());
            write(last, out);
        }
        int check = check(out.toByteArray());
        out.octet(check >>> 8);
        out.octet(check);
        return out.toByteArray();
    }

    /** @throws DataFormatException if nobody wrote this */
    static Summary decode(byte[] bytes) throws DataFormatException {
        try {
            byte[] told = Arrays.copyOf(bytes, bytes.length - 2);
            int check = (bytes[bytes.length - 2] & 0xFF) << 8 | bytes[bytes.length - 1] & 0xFF;
            if ((check(told) & 0xFFFF) != check) {
                throw new DataFormatException("check sum is wrong");
            }
            return decode(new ByteReader(told));
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
            throw new DataFormatException("not readable (" + e + ")");
        }
    }

    private static Summary decode(ByteReader in) {
        int count = in.count(Integer.MAX_VALUE);
        if (count == 0) {
            return new Summary(0, List.of(), List.of(), 0, 0);
        }
        List<Double> sum = new ArrayList<>();
        for (int left = in.octet(); left > 0; left--) {
            sum.add(readDouble(in));
        }
        List<Sample> extremes = new ArrayList<>();
        Sample before = ZERO;
        for (int left = in.octet(); left > 0; left--) {
            before = read(before, in);
            extremes.add(before);
        }
        return new Summary(count, sum, extremes, before.time() + in.zigzag(), readDouble(in));
    }

    private static void write(Sample sample, Sample before, ByteWriter out) {
        int kind = ReadingCodec.kind(sample.reading());
        out.varint(kind | sample.timeSource().ordinal() << 5 | sample.flags() << 7);
        out.zigzag(sample.sequence() - before.sequence());
        out.zigzag(sample.time() - before.time());
        out.zigzag(sample.offset() - before.offset());
        ReadingCodec.write(sample.reading(), out);
    }

    private static Sample read(Sample before, ByteReader in) {
        int form = in.count(0xFFF);
        return new Sample(before.sequence() + in.zigzag(), before.time() + in.zigzag(),
                before.offset() + (int) in.zigzag(), SOURCES[form >> 5 & 3], form >> 7,
                ReadingCodec.read(form & 31, in));
    }

    private static void write(double number, ByteWriter out) {
        out.varint(Long.reverseBytes(Double.doubleToRawLongBits(number)));
    }

    private static double readDouble(ByteReader in) {
        return Double.longBitsToDouble(Long.reverseBytes(in.varint()));
    }

    private static int check(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue() & 0xFFFF;
    }

    private static List<Sample> inOrder(Sample least, Sample most) {
        boolean leastFirst = least.sequence() <= most.sequence();
        return least == most ? List.of(least) : leastFirst ? List.of(least, most) : List.of(most, least);
    }
}
