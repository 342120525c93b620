// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.Page;
import org.coppercube.archive.bench.Bench;
import org.coppercube.archive.bench.Effort;
import org.coppercube.archive.bench.Store.Piece;
import org.coppercube.archive.bench.Trend;
import org.coppercube.archive.bench.Trends;

/**
 * Measures a large archive: 5,000 logs of 11,000 to 13,000 samples, 60 million in all. Each is one of the real trends,
 * begun at another sample than its other copies and repeated with the times shifted on. The lengths differ so that the
 * heads are filled by any number of samples. A commit is a visit of one device with 20 logs; the last 480 samples of a
 * log come 16 at a time, those before 480 at a time.
 */
final class ScaleBench {

    private static final int LOGS = 5_000;
    private static final int SAMPLES = 12_000;
    private static final int SPREAD = 1_000;
    private static final int LAST = 480;
    private static final long DAY = 24 * 360_000;

    private final List<Trend> trends;
    private final Bench bench;
    private final int[] next = new int[LOGS];

    private ScaleBench(List<Trend> recorded) {
        this.trends = IntStream.range(0, LOGS).mapToObj(log -> copy(recorded, log)).toList();
        this.bench = new Bench("archive.scale_", ArchiveStore::new, trends);
    }

    /** @param arguments fill or open, directory to write to, and to fill it that of the trends */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        if (arguments[0].equals("fill")) {
            new ScaleBench(Trends.load(Path.of(arguments[2]))).fill(directory);
        } else {
            open(directory);
        }
    }

    private static Trend copy(List<Trend> recorded, int log) {
        Trend trend = recorded.get(log % recorded.size());
        int copies = LOGS / recorded.size() + 1;
        int samples = SAMPLES - SPREAD + (int) (2L * SPREAD * log / (LOGS - 1));
        return trend.repeated(log / recorded.size() * trend.count() / copies, samples);
    }

    private void fill(Path directory) throws Exception {
        double total = trends.stream().mapToLong(Trend::count).sum();
        try (ArchiveStore store = new ArchiveStore(directory, trends)) {
            ingest(store, 480, LAST);
            ingest(store, 16, 0);
            SealedSamples sealed = store.sealed();
            bench.print("payload_bytes_per_sample", sealed.payload(), "B");
            bench.print("sealed_table_above_payload_bytes_per_sample", sealed.abovePayload(), "B");
            bench.print("unsealed_samples", total - sealed.samples(), "samples");
            bench.print("day_scan_us", bench.days(store), "us");
            List<Integer> some = IntStream.range(0, LOGS).filter(log -> log % 25 == 0).boxed().toList();
            bench.years(store, some); // to warm up
            List<Integer> others = some.stream().map(log -> log + 1).toList();
            bench.print("year_scan_samples_per_second", bench.years(store, others), "samples/s");
            bench.print("peak_heap_mb", peakHeap() / 1e6, "MB");
            System.gc();
            bench.print("live_heap_mb", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6, "MB");
        }
        bench.print("samples", total, "samples");
        bench.print("bytes_per_sample", Bench.size(directory, path -> true) / total, "B");
    }

    /** Visits the devices in turn until so many samples of each log are left. */
    private void ingest(ArchiveStore store, int batch, int left) throws Exception {
        Effort start = Effort.now();
        long samples = 0;
        for (long before = -1; samples > before;) {
            before = samples;
            for (int device = 0; device < LOGS; device += ArchiveStore.LOGS_A_DEVICE) {
                List<Piece> visit = new ArrayList<>();
                for (int log = device; log < device + ArchiveStore.LOGS_A_DEVICE; log++) {
                    int end = Math.min(trends.get(log).count() - left, next[log] + batch);
                    if (end > next[log]) {
                        visit.add(new Piece(log, next[log], end));
                        samples += end - next[log];
                        next[log] = end;
                    }
                }
                if (!visit.isEmpty()) {
                    store.append(visit);
                }
            }
        }
        Effort effort = start.since();
        bench.print("ingest_" + batch + "_per_cpu_second", samples / effort.processor(), "samples/CPU-s");
        bench.print("ingest_" + batch + "_samples_per_second", samples / effort.clock(), "samples/s");
    }

    /** The most that each part of the heap ever held, added up: no less than the most that the heap ever held. */
    private static double peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }

    private static void open(Path directory) {
        long start = System.nanoTime();
        try (DerbyArchive archive = ArchiveStore.open(directory)) {
            Holding holding = archive.holding(ArchiveStore.id(LOGS / 2)).orElseThrow();
            long middle = (holding.first() + holding.last()) / 2;
            Page page = archive.samples(holding.log().id(), middle, middle + DAY, 0, SAMPLES);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (page.slices().isEmpty()) {
                throw new IllegalStateException("No sample in the middle of " + holding);
            }
            new Bench("archive.scale_", ArchiveStore::new, List.of()).print("cold_open_ms", 1_000 * seconds, "ms");
        }
    }
}
