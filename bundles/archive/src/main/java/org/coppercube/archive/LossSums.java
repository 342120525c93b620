// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.Sample;

/** What the gaps of one log amount to, by the day on the device's own clock and by cause. */
final class LossSums {

    private static final long DAY_SECONDS = 86_400;

    /**
     * What is summed up.
     *
     * @param day days since 1970-01-01
     * @param cause why the records are missing
     */
    record Key(int day, Cause cause) {
    }

    private final Map<Key, Long> records = new HashMap<>();

    /** By day and cause; empty when nothing is lost. */
    Map<Key, Long> records() {
        return records;
    }

    /** One number for all of it, by which to compare it with another. */
    long print() {
        return records.entrySet().stream().mapToLong(sum ->
                print(sum.getKey().day(), sum.getKey().cause().ordinal(), sum.getValue())).sum();
    }

    /** What one sum adds to that number. */
    static long print(long day, int cause, long lost) {
        return lost * new SplittableRandom(day * Cause.values().length + cause).nextLong();
    }

    void add(List<Sample> samples) {
        for (Sample sample : samples) {
            if (sample.reading() instanceof Reading.Gap gap) {
                records.merge(new Key(day(sample), gap.cause()), gap.count(), Long::sum);
            }
        }
    }

    /** A time beyond what a date can say counts on the first or the last day that can be. */
    private static int day(Sample sample) {
        long local = Math.floorDiv(sample.time(), 100L) + 60L * sample.offset();
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, Math.floorDiv(local, DAY_SECONDS)));
    }
}
