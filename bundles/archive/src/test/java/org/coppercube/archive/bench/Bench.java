// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Measures one store, ours or another, in the same way, and prints a line for each figure. */
public final class Bench {

    private static final long DAY = 24 * 360_000;
    /** Where Derby and PostgreSQL keep their write-ahead log: files of a fixed size, kept to be written again. */
    private static final Pattern LOG = Pattern.compile("/log/|/pg_wal/");
    private static final int DAYS = 3_000;
    private static final int DAYS_TO_WARM_UP = 1_000;

    private final String prefix;
    private final Store.Opening opening;
    private final List<Trend> trends;

    /** @param prefix of the figures' names */
    public Bench(String prefix, Store.Opening opening, List<Trend> trends) {
        this.prefix = prefix;
        this.opening = opening;
        this.trends = trends;
    }

    /** Takes all samples in. What the store has put off until it is stopped counts as well. */
    public void ingest(Path directory, Delivery delivery) throws Exception {
        Effort start;
        try (Store store = opening.open(directory, trends)) {
            start = Effort.now();
            delivery.deliver(trends, store);
        }
        Effort effort = start.since();
        double samples = trends.stream().mapToLong(Trend::count).sum();
        print("ingest_" + delivery.label() + "_per_cpu_second", samples / effort.processor(), "samples/CPU-s");
        print("ingest_" + delivery.label() + "_samples_per_second", samples / effort.clock(), "samples/s");
        if (delivery != Delivery.OF_480) {
            print("bytes_per_sample", size(directory, path -> true) / samples, "B");
            print("bytes_per_sample_without_log", size(directory, path -> !LOG.matcher(path).find()) / samples, "B");
        }
    }

    /** Scans days here and there, and whole logs of so many samples or more. */
    public void scan(Path directory, int least) throws Exception {
        List<Integer> logs = new ArrayList<>();
        for (int log = 0; log < trends.size(); log++) {
            if (trends.get(log).count() >= least) {
                logs.add(log);
            }
        }
        try (Store store = opening.open(directory, trends)) {
            print("day_scan_us", days(store), "us");
            years(store, logs); // to warm up
        }
        // opened anew, so that no cache of the store's own can answer: each sample is asked for once
        try (Store store = opening.open(directory, trends)) {
            print("year_scan_samples_per_second", years(store, logs), "samples/s");
        }
    }

    /** Median over random days of random logs. */
    public double days(Store store) throws Exception {
        Random random = new Random(1);
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < DAYS; i++) {
            int log = random.nextInt(trends.size());
            Trend trend = trends.get(log);
            int from = random.nextInt(trend.count());
            int to = trend.firstNotBefore(trend.time(from) + DAY, from);
            double seconds = scan(store, log, from, to);
            if (i >= DAYS_TO_WARM_UP) {
                times.add(1e6 * seconds);
            }
        }
        return median(times);
    }

    /** Median over whole logs, samples a second. */
    public double years(Store store, List<Integer> logs) throws Exception {
        List<Double> rates = new ArrayList<>();
        for (int log : logs) {
            int count = trends.get(log).count();
            rates.add(count / scan(store, log, 0, count));
        }
        return median(rates);
    }

    private double scan(Store store, int log, int from, int to) throws Exception {
        Tally tally = new Tally();
        long start = System.nanoTime();
        store.scan(log, from, to, tally);
        double seconds = (System.nanoTime() - start) / 1e9;
        tally.requireEqual(Tally.of(trends.get(log), from, to, store.keepsNulls()));
        return seconds;
    }

    /** One line, for people and programs. */
    public void print(String metric, double number, String unit) {
        System.out.printf(Locale.ROOT, number < 1_000 ? "BENCH %s%s %.3f %s%n" : "BENCH %s%s %.0f %s%n", prefix, metric,
                number, unit);
    }

    /** The one in the middle. */
    public static double median(List<Double> numbers) {
        Collections.sort(numbers);
        return numbers.get(numbers.size() / 2);
    }

    /** Bytes of the files below a directory. */
    public static long size(Path directory, Predicate<String> which) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> which.test(path.toString())).map(Path::toFile).filter(File::isFile)
                    .mapToLong(File::length).sum();
        }
    }
}
