// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;
import java.util.List;
import org.coppercube.api.trend.Sample;

/**
 * A few samples of one log as bytes, bit for bit, and fast: the {@link Columns} one after the other, each number less
 * the one before it (of the times, less the step before), as {@link ByteWriter#column}. Before the column of REAL
 * readings is a byte that names their {@link Grid}, or that their bits stand for them.
 */
final class SampleCodec {

    /** 0 for bits; their order lies on disk. */
    private static final int[] DIVISORS = {0, 1, 2, 4, 8, 10, 20, 100, 1000};

    private SampleCodec() {
    }

    static void write(List<Sample> samples, ByteWriter out) {
        ByteWriter others = new ByteWriter();
        Columns columns = Columns.of(samples, others);
        out.column(stepsOfAll(columns.forms(), samples.size()));
        out.column(stepsOfAll(columns.offsets(), samples.size()));
        out.column(skips(columns, samples.size()));
        out.column(steps(steps(columns.times(), 0), 1));
        if (columns.reals().length > 0) {
            writeReals(columns.reals(), out);
        }
        out.column(steps(columns.wholes(), 0));
        out.raw(others.toByteArray());
    }

    static List<Sample> read(int n, ByteReader in) {
        long[] forms = sums(in.column(n), 0);
        long[] offsets = sums(in.column(n), 0);
        long[] skips = in.column(n);
        long first = skips[0];
        skips[0] = 0;
        Columns columns = Columns.toFill(n, Columns.oneIfSteady(forms), Columns.oneIfSteady(offsets),
                Columns.oneIfSteady(skips), first, sums(sums(in.column(n), 1), 0));
        if (columns.reals().length > 0) {
            readReals(columns.reals(), in);
        }
        copy(sums(in.column(columns.wholes().length), 0), columns.wholes());
        return columns.samples(in);
    }

    private static void writeReals(float[] reals, ByteWriter out) {
        int form = form(reals);
        Grid grid = Grid.of(DIVISORS[form]);
        long[] numbers = new long[reals.length];
        for (int i = 0; i < reals.length; i++) {
            numbers[i] = form == 0 ? Float.floatToRawIntBits(reals[i]) : grid.nearest(reals[i]);
        }
        out.octet(form);
        out.column(steps(numbers, 0));
    }

    private static void readReals(float[] reals, ByteReader in) {
        int form = in.octet();
        Grid grid = Grid.of(DIVISORS[form]);
        long[] numbers = sums(in.column(reals.length), 0);
        for (int i = 0; i < reals.length; i++) {
            reals[i] = form == 0 ? Float.intBitsToFloat((int) numbers[i]) : grid.at(numbers[i]);
        }
    }

    /** The first grid that has them all. */
    private static int form(float[] reals) {
        for (int form = 1; form < DIVISORS.length; form++) {
            Grid grid = Grid.of(DIVISORS[form]);
            int i = 0;
            while (i < reals.length && grid.has(reals[i])) {
                i++;
            }
            if (i == reals.length) {
                return form;
            }
        }
        return 0;
    }

    /** What each number adds to the one before it, beginning after {@code from}; overflow wraps, here and back. */
    private static long[] steps(long[] numbers, int from) {
        long[] steps = numbers.clone();
        for (int i = from + 1; i < numbers.length; i++) {
            steps[i] = numbers[i] - numbers[i - 1];
        }
        return steps;
    }

    private static long[] sums(long[] steps, int from) {
        for (int i = from + 1; i < steps.length; i++) {
            steps[i] += steps[i - 1];
        }
        return steps;
    }

    /** Of so many numbers, of which one is given if they are all the same. */
    private static long[] stepsOfAll(long[] column, int count) {
        return column.length == 1 ? Arrays.copyOf(column, count) : steps(column, 0);
    }

    private static long[] skips(Columns columns, int count) {
        long[] skips = Arrays.copyOf(columns.skips(), count); // if there is one, it is 0, as the first always is
        skips[0] = columns.first();
        return skips;
    }

    private static void copy(long[] from, long[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }
}
