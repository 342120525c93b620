// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;

/**
 * Samples of one log as bytes, bit for bit, in columns. In this order, each as {@link ByteWriter#column}:
 * <ol>
 * <li>form: kind of reading + 32 * source of the time + 128 * status flags, less the one before
 * <li>offset of local time in minutes, less the one before
 * <li>sequence, less the one before, less 1
 * <li>time, less the one before, less the step before
 * <li>of all REAL readings: one byte for the grid, then the readings as whole numbers, less the one before. On grid g
 *     a reading is its number divided by {@code GRIDS[g]}, and that gives every one of them exactly; on grid 0 it is
 *     the 32 bits themselves
 * <li>of all readings that are whole numbers (and Double, by its 64 bits): the number, less the one before
 * </ol>
 * and then all other readings, one by one, as {@link ReadingCodec} writes them.
 */
final class SampleCodec {

    private static final int[] GRIDS = {0, 1, 2, 4, 8, 10, 20, 100, 1000};
    private static final Sample.TimeSource[] SOURCES = Sample.TimeSource.values();

    private SampleCodec() {
    }

    static void write(List<Sample> samples, ByteWriter out) {
        int n = samples.size();
        long[] forms = new long[n];
        long[] offsets = new long[n];
        long[] sequences = new long[n];
        long[] times = new long[n];
        float[] reals = new float[n];
        long[] wholes = new long[n];
        int realCount = 0;
        int wholeCount = 0;
        ByteWriter others = new ByteWriter();
        for (int i = 0; i < n; i++) {
            Sample sample = samples.get(i);
            Reading reading = sample.reading();
            int kind = ReadingCodec.kind(reading);
            forms[i] = kind | sample.timeSource().ordinal() << 5 | sample.flags() << 7;
            offsets[i] = sample.offset();
            sequences[i] = sample.sequence() - i;
            times[i] = sample.time();
            if (reading instanceof Reading.Real real) {
                reals[realCount++] = real.value();
            } else if (ReadingCodec.isWhole(kind)) {
                wholes[wholeCount++] = ReadingCodec.whole(reading);
            } else {
                ReadingCodec.write(reading, others);
            }
        }
        out.column(steps(forms, 0, n));
        out.column(steps(offsets, 0, n));
        out.column(steps(sequences, 0, n));
        out.column(steps(steps(times, 0, n), 1, n));
        if (realCount > 0) {
            writeReals(reals, realCount, out);
        }
        out.column(steps(wholes, 0, wholeCount));
        out.raw(others.toByteArray());
    }

    static List<Sample> read(int n, ByteReader in) {
        long[] forms = sums(in.column(n), 0);
        long[] offsets = sums(in.column(n), 0);
        long[] sequences = sums(in.column(n), 0);
        long[] times = sums(sums(in.column(n), 1), 0);
        int realCount = 0;
        int wholeCount = 0;
        for (long form : forms) {
            int kind = (int) form & 31;
            realCount += kind == ReadingCodec.REAL ? 1 : 0;
            wholeCount += ReadingCodec.isWhole(kind) ? 1 : 0;
        }
        float[] reals = realCount == 0 ? new float[0] : readReals(realCount, in);
        long[] wholes = sums(in.column(wholeCount), 0);
        List<Sample> samples = new ArrayList<>(n);
        int real = 0;
        int whole = 0;
        for (int i = 0; i < n; i++) {
            int form = (int) forms[i];
            int kind = form & 31;
            Reading reading = kind == ReadingCodec.REAL ? new Reading.Real(reals[real++])
                    : ReadingCodec.isWhole(kind) ? ReadingCodec.ofWhole(kind, wholes[whole++])
                    : ReadingCodec.read(kind, in);
            samples.add(new Sample(sequences[i] + i, times[i], (int) offsets[i], SOURCES[form >> 5 & 3], form >> 7,
                    reading));
        }
        return Collections.unmodifiableList(samples);
    }

    private static void writeReals(float[] reals, int count, ByteWriter out) {
        int grid = grid(reals, count);
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = grid == 0 ? Float.floatToRawIntBits(reals[i]) : Math.round((double) reals[i] * GRIDS[grid]);
        }
        out.octet(grid);
        out.column(steps(numbers, 0, count));
    }

    private static float[] readReals(int count, ByteReader in) {
        int grid = in.octet();
        long[] numbers = sums(in.column(count), 0);
        float[] reals = new float[count];
        for (int i = 0; i < count; i++) {
            reals[i] = grid == 0 ? Float.intBitsToFloat((int) numbers[i]) : onGrid(numbers[i], GRIDS[grid]);
        }
        return reals;
    }

    private static int grid(float[] reals, int count) {
        for (int grid = 1; grid < GRIDS.length; grid++) {
            int fitting = 0;
            while (fitting < count && fits(reals[fitting], GRIDS[grid])) {
                fitting++;
            }
            if (fitting == count) {
                return grid;
            }
        }
        return 0;
    }

    private static boolean fits(float real, int grid) {
        float image = onGrid(Math.round((double) real * grid), grid);
        return Float.floatToRawIntBits(image) == Float.floatToRawIntBits(real);
    }

    private static float onGrid(long number, int grid) {
        return (float) ((double) number / grid);
    }

    /** What each number adds to the one before it, beginning after {@code from}; overflow wraps, here and back. */
    private static long[] steps(long[] numbers, int from, int length) {
        long[] steps = new long[length];
        for (int i = 0; i < length; i++) {
            steps[i] = i <= from ? numbers[i] : numbers[i] - numbers[i - 1];
        }
        return steps;
    }

    private static long[] sums(long[] steps, int from) {
        for (int i = from + 1; i < steps.length; i++) {
            steps[i] += steps[i - 1];
        }
        return steps;
    }
}
