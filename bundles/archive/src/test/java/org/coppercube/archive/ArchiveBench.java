// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Page;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;

/**
 * Measures an archive on real trends. The argument is a directory of {@code *.csv.gz}: a line
 * {@code #log,NAME,R|E,COUNT,FIRST TIME} opens a log, and each line below it is a sample, seconds after the one before
 * and its value, empty for NULL.
 */
public final class ArchiveBench {

    private static final int BATCH = 16;
    private static final int YEAR = 35_040;
    private static final long DAY = 24 * 360_000;

    private record Log(TrendLogId id, List<Sample> samples) {
    }

    private ArchiveBench() {
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        List<Log> logs = load(Path.of(arguments[0]));
        Path directory = Files.createTempDirectory("archive-bench");
        try {
            try (DerbyArchive archive = new DerbyArchive(directory, Journal.MOST_BYTES, Clock.systemUTC())) {
                archive.describe(logs.stream().map(ArchiveBench::describe).toList());
                print("ingest_samples_per_second", ingest(archive, logs), "samples/s");
                print("feed_samples_per_second", feed(archive), "samples/s");
                print("day_scan_us", scanDays(archive, logs), "us");
                print("year_scan_ms", scanYears(archive, logs), "ms");
                print("payload_bytes_per_sample", payload(directory), "B");
            }
            long start = System.nanoTime();
            new DerbyArchive(directory, Journal.MOST_BYTES, Clock.systemUTC()).close();
            print("restart_ms", 1_000 * seconds(start), "ms");
        } finally {
            delete(directory);
        }
    }

    /** In the order of life: every log brings a batch, all in one commit, and again, until all is in. */
    private static double ingest(DerbyArchive archive, List<Log> logs) {
        int longest = logs.stream().mapToInt(log -> log.samples.size()).max().orElseThrow();
        long start = System.nanoTime();
        for (int from = 0; from < longest; from += BATCH) {
            List<Batch> batches = new ArrayList<>();
            for (Log log : logs) {
                if (from < log.samples.size()) {
                    int to = Math.min(log.samples.size(), from + BATCH);
                    batches.add(new Batch(log.id, 1, log.samples.subList(from, to)));
                }
            }
            archive.append(batches);
        }
        return archive.end() / seconds(start);
    }

    private static double feed(DerbyArchive archive) {
        long most = Math.min(archive.end(), 1_000_000);
        long start = System.nanoTime();
        long position = 0;
        while (position < most) {
            position += archive.read(position, 500).stream().mapToInt(entry -> entry.samples().size()).sum();
        }
        return position / seconds(start);
    }

    /** Median over days of all logs here and there. */
    private static double scanDays(DerbyArchive archive, List<Log> logs) {
        Random random = new Random(1);
        double[] times = IntStream.range(0, 3_000).mapToDouble(i -> {
            Log log = logs.get(random.nextInt(logs.size()));
            long from = log.samples.get(random.nextInt(log.samples.size())).time();
            long start = System.nanoTime();
            archive.samples(log.id, from, from + DAY, 0, YEAR);
            return 1e6 * seconds(start);
        }).skip(1_000).sorted().toArray();
        return times[times.length / 2];
    }

    /** Median over all logs that are long enough, each after one look to warm up. */
    private static double scanYears(DerbyArchive archive, List<Log> logs) {
        double[] times = logs.stream().filter(log -> log.samples.size() >= YEAR / 2).mapToDouble(log -> {
            read(archive, log.id);
            long start = System.nanoTime();
            int samples = read(archive, log.id);
            return seconds(start) * 1_000 * YEAR / samples;
        }).sorted().toArray();
        return times.length == 0 ? 0 : times[times.length / 2];
    }

    private static int read(DerbyArchive archive, TrendLogId log) {
        Page page = archive.samples(log, Long.MIN_VALUE, Long.MAX_VALUE, 0, YEAR);
        return page.slices().stream().mapToInt(slice -> slice.samples().size()).sum();
    }

    private static double payload(Path directory) throws SQLException {
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(directory.resolve("db").toString());
        try (Connection connection = source.getConnection();
                ResultSet sums = connection.createStatement().executeQuery(
                        "SELECT SUM(CAST(LENGTH(data) AS BIGINT)), SUM(CAST(records AS BIGINT)) FROM chunk")) {
            sums.next();
            return sums.getDouble(1) / sums.getDouble(2);
        }
    }

    private static List<Log> load(Path directory) throws IOException {
        List<Log> logs = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.csv.gz")) {
            for (Path file : files) {
                load(file, logs);
            }
        }
        return logs;
    }

    private static void load(Path file, List<Log> logs) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            long time = 0;
            boolean enumerated = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split(",", -1);
                if (parts[0].equals("#log")) {
                    enumerated = parts[parts.length - 3].equals("E");
                    time = Long.parseLong(parts[parts.length - 1]);
                    logs.add(new Log(new TrendLogId("bench", 1, TrendLogId.Kind.TL, logs.size()), new ArrayList<>()));
                } else if (!line.startsWith("#")) {
                    time += 100 * Long.parseLong(parts[0]);
                    List<Sample> samples = logs.get(logs.size() - 1).samples;
                    samples.add(new Sample(samples.size() + 1L, time, 0, reading(parts[1], enumerated)));
                }
            }
        }
    }

    private static Reading reading(String value, boolean enumerated) {
        if (value.isEmpty()) {
            return new Reading.Null();
        }
        return enumerated ? new Reading.Enumerated(Math.round(Double.parseDouble(value)))
                : new Reading.Real(Float.parseFloat(value));
    }

    private static TrendLog describe(Log log) {
        return new TrendLog(log.id, log.id.toString(), "", "", null, "", ZoneId.of("UTC"), Duration.ZERO, 0);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String metric, double number, String unit) {
        System.out.printf(Locale.ROOT, "BENCH archive.%s %.3f %s%n", metric, number, unit);
    }
}
