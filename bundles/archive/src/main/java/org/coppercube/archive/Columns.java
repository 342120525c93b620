// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;
import java.util.List;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;

/**
 * Samples of one log, column by column, for a codec to write, or as it read them. The first three columns, which mostly
 * say the same of all samples, are a single number then.
 *
 * @param forms kind of the reading + 32 * source of the time + 128 * status flags
 * @param offsets minutes that local time is ahead
 * @param skips how many sequence numbers lie between what the sample before accounts for and this one
 * @param first sequence number of the first sample
 * @param times hundredths of a second since 1970
 * @param reals the REAL readings
 * @param wholes those that {@link ReadingCodec} takes for one whole number; all others are written apart
 */
record Columns(long[] forms, long[] offsets, long[] skips, long first, long[] times, float[] reals, long[] wholes) {

    private static final long[] EMPTY = {};
    static final Columns NONE = new Columns(EMPTY, EMPTY, EMPTY, 0, EMPTY, new float[0], EMPTY);

    private static final Sample.TimeSource[] SOURCES = Sample.TimeSource.values();

    /** @param others takes the readings that are in no column */
    static Columns of(List<Sample> samples, ByteWriter others) {
        int count = samples.size();
        long[] forms = new long[count];
        long[] offsets = new long[count];
        long[] skips = new long[count];
        long[] times = new long[count];
        float[] reals = new float[count];
        long[] wholes = new long[count];
        int real = 0;
        int whole = 0;
        long next = samples.get(0).sequence();
        for (int i = 0; i < count; i++) {
            Sample sample = samples.get(i);
            Reading reading = sample.reading();
            int kind = ReadingCodec.kind(reading);
            forms[i] = kind | sample.timeSource().ordinal() << 5 | sample.flags() << 7;
            offsets[i] = sample.offset();
            skips[i] = sample.sequence() - next;
            times[i] = sample.time();
            next = sample.lastSequence() + 1;
            if (reading instanceof Reading.Real number) {
                reals[real++] = number.value();
            } else if (ReadingCodec.isWhole(kind)) {
                wholes[whole++] = ReadingCodec.whole(reading);
            } else {
                ReadingCodec.write(reading, others);
            }
        }
        return new Columns(oneIfSteady(forms), oneIfSteady(offsets), oneIfSteady(skips), samples.get(0).sequence(),
                times, Arrays.copyOf(reals, real), Arrays.copyOf(wholes, whole));
    }

    /** Such columns as so many samples of these forms have, for a codec to fill; of the times, only as many. */
    static Columns toFill(int count, long[] forms, long[] offsets, long[] skips, long first, long[] times) {
        int reals = 0;
        int wholes = 0;
        for (long form : forms) {
            reals += kind(form) == ReadingCodec.REAL ? 1 : 0;
            wholes += ReadingCodec.isWhole(kind(form)) ? 1 : 0;
        }
        int each = count / forms.length; // of one form for all
        return new Columns(forms, offsets, skips, first, count == times.length ? times : Arrays.copyOf(times, count),
                new float[each * reals], new long[each * wholes]);
    }

    /** All numbers of a column, or one if they are the same. */
    static long[] oneIfSteady(long[] numbers) {
        return Numbers.isSteady(numbers) ? new long[] {numbers[0]} : numbers;
    }

    /** @param others has the readings that are in no column */
    List<Sample> samples(ByteReader others) {
        return new ColumnSamples(this, others);
    }

    static int kind(long form) {
        return (int) form & 31;
    }

    static Sample.TimeSource source(long form) {
        return SOURCES[(int) form >> 5 & 3];
    }

    static int flags(long form) {
        return (int) form >> 7;
    }
}
