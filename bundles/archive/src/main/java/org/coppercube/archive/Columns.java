// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;

/**
 * Samples of one log, column by column, for a codec to write, or to fill.
 *
 * @param forms kind of the reading + 32 * source of the time + 128 * status flags
 * @param offsets minutes that local time is ahead
 * @param skips how many sequence numbers lie between what the sample before accounts for and this one; of the first,
 *        its sequence number
 * @param times hundredths of a second since 1970
 * @param reals the REAL readings
 * @param wholes those that {@link ReadingCodec} takes for one whole number; all others are written apart
 */
record Columns(long[] forms, long[] offsets, long[] skips, long[] times, float[] reals, long[] wholes) {

    private static final Sample.TimeSource[] SOURCES = Sample.TimeSource.values();

    /** @param others takes the readings that are in no column */
    static Columns of(List<Sample> samples, ByteWriter others) {
        long[] forms = new long[samples.size()];
        for (int i = 0; i < forms.length; i++) {
            Sample sample = samples.get(i);
            forms[i] = ReadingCodec.kind(sample.reading()) | sample.timeSource().ordinal() << 5 | sample.flags() << 7;
        }
        Columns columns = toFill(forms);
        long next = 0;
        int real = 0;
        int whole = 0;
        for (int i = 0; i < forms.length; i++) {
            Sample sample = samples.get(i);
            columns.offsets[i] = sample.offset();
            columns.skips[i] = sample.sequence() - next;
            columns.times[i] = sample.time();
            next = sample.lastSequence() + 1;
            if (sample.reading() instanceof Reading.Real reading) {
                columns.reals[real++] = reading.value();
            } else if (ReadingCodec.isWhole(kind(forms[i]))) {
                columns.wholes[whole++] = ReadingCodec.whole(sample.reading());
            } else {
                ReadingCodec.write(sample.reading(), others);
            }
        }
        return columns;
    }

    /** As long as they must be for samples of these forms. */
    static Columns toFill(long[] forms) {
        int reals = 0;
        int wholes = 0;
        for (long form : forms) {
            reals += kind(form) == ReadingCodec.REAL ? 1 : 0;
            wholes += ReadingCodec.isWhole(kind(form)) ? 1 : 0;
        }
        int n = forms.length;
        return new Columns(forms, new long[n], new long[n], new long[n], new float[reals], new long[wholes]);
    }

    List<Sample> samples(ByteReader others) {
        List<Sample> samples = new ArrayList<>(forms.length);
        Reading before = null;
        long next = 0;
        int real = 0;
        int whole = 0;
        for (int i = 0; i < forms.length; i++) {
            int kind = kind(forms[i]);
            Reading reading = kind == ReadingCodec.REAL ? real(reals[real++], before)
                    : ReadingCodec.isWhole(kind) ? ReadingCodec.ofWhole(kind, wholes[whole++])
                    : ReadingCodec.read(kind, others);
            Sample sample = new Sample(next + skips[i], times[i], (int) offsets[i], SOURCES[(int) forms[i] >> 5 & 3],
                    (int) forms[i] >> 7, reading);
            samples.add(sample);
            next = sample.lastSequence() + 1;
            before = reading;
        }
        return Collections.unmodifiableList(samples);
    }

    /** Readings that stay the same are one object. */
    private static Reading real(float value, Reading before) {
        boolean same = before instanceof Reading.Real real
                && Float.floatToRawIntBits(real.value()) == Float.floatToRawIntBits(value);
        return same ? before : new Reading.Real(value);
    }

    private static int kind(long form) {
        return (int) form & 31;
    }
}
