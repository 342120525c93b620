// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.trend.Sample;

/**
 * Finds the smallest and the largest reading of every bucket of time. A chunk no longer than a bucket counts as a whole
 * to the bucket that its middle is in, and so need not be opened.
 */
final class Extremes {

    private record Found(int run, Sample sample) {
    }

    private static final Comparator<Found> RECORD_ORDER =
            Comparator.comparingInt(Found::run).thenComparingLong(found -> found.sample.sequence());

    private static final class Bucket {
        private Found least;
        private Found most;
        private double minimum = Double.POSITIVE_INFINITY;
        private double maximum = Double.NEGATIVE_INFINITY;

        void add(int run, Sample sample, double magnitude) {
            boolean isLeast = magnitude < minimum;
            boolean isMost = magnitude > maximum;
            if (isLeast || isMost) {
                Found found = new Found(run, sample);
                least = isLeast ? found : least;
                minimum = isLeast ? magnitude : minimum;
                most = isMost ? found : most;
                maximum = isMost ? magnitude : maximum;
            }
        }
    }

    private final Times times;
    private final int count;
    private final Map<Integer, Bucket> buckets = new HashMap<>();
    private int number = -1;
    private Bucket bucket; // of this number

    Extremes(Times times, int count) {
        this.times = times;
        this.count = count;
    }

    void add(ChunkTable.Row chunk) throws SQLException {
        Times span = chunk.times();
        boolean whole = times.has(span) && span.length() <= times.length() / count;
        Optional<Summary> summary = whole ? chunk.summary() : Optional.empty();
        if (summary.isEmpty()) {
            add(chunk.read(times));
            return;
        }
        turnTo(span.first() / 2.0 + span.last() / 2.0);
        for (Sample sample : summary.get().extremes()) {
            bucket.add(chunk.run(), sample, Summary.magnitude(sample));
        }
    }

    void add(Stretch stretch) {
        for (int i = 0; i < stretch.samples().size(); i++) {
            if (times.has(stretch.time(i))) {
                Sample sample = stretch.samples().get(i);
                double magnitude = Summary.magnitude(sample);
                if (Double.isFinite(magnitude)) {
                    turnTo(sample.time());
                    bucket.add(stretch.run(), sample, magnitude);
                }
            }
        }
    }

    List<Slice> slices() {
        List<Found> all = new ArrayList<>();
        for (Bucket each : buckets.values()) {
            if (each.least != null) {
                all.add(each.least);
                if (each.most != each.least) {
                    all.add(each.most);
                }
            }
        }
        all.sort(RECORD_ORDER);
        Slices slices = new Slices();
        all.forEach(found -> slices.add(found.run, found.sample));
        return slices.end();
    }

    /** Mostly it is the same as before. */
    private void turnTo(double time) {
        int wanted = (int) Math.min(count - 1, (time - times.first()) / times.length() * count);
        if (wanted != number) {
            number = wanted;
            bucket = buckets.computeIfAbsent(wanted, any -> new Bucket());
        }
    }
}
