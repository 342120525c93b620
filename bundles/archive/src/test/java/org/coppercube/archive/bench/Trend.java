// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive.bench;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * The samples of one log. They lie outside of the heap, so that a store under measurement has the heap for itself.
 * Beyond the end of what was recorded it begins again, with the times shifted on.
 */
public final class Trend {

    private final boolean enumerated;
    private final long begin;
    private final IntBuffer seconds;
    private final FloatBuffer values;
    private final int start;
    private final int count;

    /**
     * @param enumerated whether the values are states, else they are measured
     * @param begin time of the first sample, 1/100 s since 1970 UTC
     * @param seconds time of each sample after the first recorded
     * @param values of each sample, NaN for NULL
     */
    Trend(boolean enumerated, long begin, IntBuffer seconds, FloatBuffer values) {
        this(enumerated, begin, seconds, values, 0, values.capacity());
    }

    private Trend(boolean enumerated, long begin, IntBuffer seconds, FloatBuffer values, int start, int count) {
        this.enumerated = enumerated;
        this.begin = begin;
        this.seconds = seconds;
        this.values = values;
        this.start = start;
        this.count = count;
    }

    /** The same from another sample on, for so many samples. */
    public Trend repeated(int from, int samples) {
        return new Trend(enumerated, begin, seconds, values, from % values.capacity(), samples);
    }

    /** Whether the values are states. */
    public boolean isEnumerated() {
        return enumerated;
    }

    /** How many samples. */
    public int count() {
        return count;
    }

    /** 1/100 s since 1970 UTC. */
    public long time(int index) {
        int recorded = values.capacity();
        long lap = seconds.get(recorded - 1) + Math.max(1, recorded > 1 ? seconds.get(1) : 0);
        int at = start + index;
        return begin + 100 * (at / recorded * lap + seconds.get(at % recorded) - seconds.get(start));
    }

    /** NaN for NULL. */
    public float value(int index) {
        return values.get((start + index) % values.capacity());
    }

    /** The first sample from this one on that is not before a time, or the count. */
    public int firstNotBefore(long time, int from) {
        int index = from;
        while (index < count && time(index) < time) {
            index++;
        }
        return index;
    }
}
