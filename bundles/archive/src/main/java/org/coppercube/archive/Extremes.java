// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.trend.Sample;

/**
 * Finds the smallest and the largest reading of every bucket of time. A chunk no longer than a bucket counts as a whole
 * to the bucket that its middle is in, and so need not be opened.
 */
final class Extremes {

    private record Found(int run, Sample sample) {
        double magnitude() {
            return Summary.magnitude(sample);
        }
    }

    private static final Comparator<Found> RECORD_ORDER =
            Comparator.comparingInt(Found::run).thenComparingLong(found -> found.sample.sequence());

    private final Times times;
    private final int buckets;
    private final Map<Integer, Found> least = new HashMap<>();
    private final Map<Integer, Found> most = new HashMap<>();

    Extremes(Times times, int buckets) {
        this.times = times;
        this.buckets = buckets;
    }

    void add(ChunkTable.Row chunk) throws SQLException {
        Times span = chunk.times();
        if (times.has(span) && span.length() <= times.length() / buckets) {
            int bucket = bucket(span.first() / 2.0 + span.last() / 2.0);
            int run = chunk.run();
            chunk.summary().extremes().forEach(sample -> add(bucket, new Found(run, sample)));
        } else {
            add(chunk.open());
        }
    }

    void add(Stretch stretch) {
        for (Sample sample : stretch.samples()) {
            if (times.has(sample.time()) && Double.isFinite(Summary.magnitude(sample))) {
                add(bucket(sample.time()), new Found(stretch.run(), sample));
            }
        }
    }

    List<Slice> slices() {
        List<Found> all = new ArrayList<>(least.values());
        most.forEach((bucket, found) -> {
            if (found != least.get(bucket)) {
                all.add(found);
            }
        });
        all.sort(RECORD_ORDER);
        Slices slices = new Slices();
        all.forEach(found -> slices.add(found.run, found.sample));
        return slices.end();
    }

    private void add(int bucket, Found found) {
        least.merge(bucket, found, (old, other) -> other.magnitude() < old.magnitude() ? other : old);
        most.merge(bucket, found, (old, other) -> other.magnitude() > old.magnitude() ? other : old);
    }

    private int bucket(double time) {
        return (int) Math.min(buckets - 1, (time - times.first()) / times.length() * buckets);
    }
}
