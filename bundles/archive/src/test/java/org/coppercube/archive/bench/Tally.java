// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive.bench;

/** Adds up what a scan brings, in order, so that a store which brings something else is found out. */
public final class Tally {

    private int samples;
    private long times;
    private double values;

    /** What a store should bring of a trend. */
    static Tally of(Trend trend, int from, int to, boolean withNulls) {
        Tally tally = new Tally();
        for (int i = from; i < to; i++) {
            if (withNulls || !Float.isNaN(trend.value(i))) {
                tally.add(trend.time(i), trend.value(i));
            }
        }
        return tally;
    }

    /** @param value NaN for NULL */
    public void add(long time, float value) {
        samples++;
        times += time;
        values = values * 0.5 + (Float.isNaN(value) ? -1 : value); // the order counts
    }

    int samples() {
        return samples;
    }

    void requireEqual(Tally other) {
        if (samples != other.samples || times != other.times || values != other.values) {
            throw new IllegalStateException("A scan brought " + this + " in place of " + other);
        }
    }

    @Override
    public String toString() {
        return samples + " samples (times " + times + ", values " + values + ")";
    }
}
