// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.trend.Sample;
import org.coppercube.archive.bench.Bench;
import org.coppercube.archive.bench.Delivery;
import org.coppercube.archive.bench.SqlRows;
import org.coppercube.archive.bench.Trend;
import org.coppercube.archive.bench.Trends;

/** Measures the archive on real trends. */
final class ArchiveBench {

    private static final int FEED = 1_000_000;
    private static final int TEN_YEARS_OF_MINUTES = 5_256_000;
    private static final int MINUTE = 6_000;
    private static final int POINTS = 2_000;
    private static final int CHARTS = 21;

    private final Bench bench;
    private final List<Trend> trends;
    private final Path directory;

    private ArchiveBench(List<Trend> trends, Path directory) {
        this.bench = new Bench("archive.", ArchiveStore::new, trends);
        this.trends = trends;
        this.directory = directory;
    }

    /** @param arguments directory of the trends, directory to write to */
    public static void main(String[] arguments) throws Exception {
        new ArchiveBench(Trends.load(Path.of(arguments[0])), Path.of(arguments[1])).run();
    }

    private void run() throws Exception {
        Path small = directory.resolve("small");
        bench.ingest(small, Delivery.SMALL);
        SealedSamples sealed = sealed(small);
        bench.print("payload_bytes_per_sample", sealed.payload(), "B");
        bench.print("sealed_table_above_payload_bytes_per_sample", sealed.abovePayload(), "B");
        bench.scan(small, SqlRows.YEAR);
        feed(small);
        Path large = directory.resolve("480");
        bench.ingest(large, Delivery.OF_480);
        bench.print("payload_480_bytes_per_sample", sealed(large).payload(), "B");
        chart(directory.resolve("chart"));
    }

    private SealedSamples sealed(Path archive) throws SQLException {
        try (ArchiveStore store = new ArchiveStore(archive, trends)) {
            return store.sealed();
        }
    }

    private void feed(Path archive) {
        try (ArchiveStore store = new ArchiveStore(archive, trends)) {
            long most = Math.min(FEED, store.archive().end());
            long start = System.nanoTime();
            long position = 0;
            while (position < most) {
                position += store.archive().read(position, 500).stream().mapToInt(e -> e.samples().size()).sum();
            }
            bench.print("feed_samples_per_second", 1e9 * position / (System.nanoTime() - start), "samples/s");
        }
    }

    /** A log of one sample a minute for ten years; its readings are those of a real trend, one after the other. */
    private void chart(Path archive) {
        Trend trend = trends.get(0).repeated(0, TEN_YEARS_OF_MINUTES);
        try (ArchiveStore store = new ArchiveStore(archive, List.of(trend))) {
            for (int done = 0; done < TEN_YEARS_OF_MINUTES; done += 14_400) {
                List<Sample> samples = IntStream.range(done, Math.min(done + 14_400, TEN_YEARS_OF_MINUTES))
                        .mapToObj(i -> ArchiveStore.sample(trend, i, trend.time(0) + (long) i * MINUTE)).toList();
                store.archive().append(List.of(new Batch(ArchiveStore.id(0), 1, samples)));
            }
        }
        try (ArchiveStore store = new ArchiveStore(archive, List.of(trend))) {
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < CHARTS; i++) {
                long start = System.nanoTime();
                List<Slice> slices =
                        store.archive().extremes(ArchiveStore.id(0), Long.MIN_VALUE, Long.MAX_VALUE, POINTS);
                times.add((System.nanoTime() - start) / 1e6);
                int points = slices.stream().mapToInt(slice -> slice.samples().size()).sum();
                if (points > POINTS || points < POINTS / 2) {
                    throw new IllegalStateException("A chart of " + points + " points");
                }
            }
            bench.print("ten_year_chart_first_ms", times.get(0), "ms");
            bench.print("ten_year_chart_ms", Bench.median(times), "ms");
        }
    }
}
