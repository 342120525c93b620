// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.archive.Page;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.archive.Verification;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** A real archive in a folder of its own, which can be closed and opened again, and looked into from behind. */
final class ArchiveOnDisk extends ExternalResource {

    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final TemporaryFolder folder = new TemporaryFolder();
    private final long journalBytes;
    private DerbyArchive archive;
    private Clock clock = Clock.fixed(NOON, ZoneId.of("UTC"));
    private Limits limits = Limits.NONE;
    private DiskSpace.Gauge gauge = () -> DiskSpace.of(directory()).read();

    ArchiveOnDisk() {
        this(Journal.MOST_BYTES);
    }

    ArchiveOnDisk(long journalBytes) {
        this.journalBytes = journalBytes;
    }

    /** An empty archive, made once: making one takes a quarter of a second, copying it a few milliseconds. */
    private static final class Fresh {
        private static final Path DIRECTORY = Path.of("target", "fresh-archive-" + ProcessHandle.current().pid());

        static {
            new DerbyArchive(DIRECTORY, Journal.MOST_BYTES, Clock.systemUTC()).close();
        }

        static void copyTo(Path directory) throws IOException {
            try (Stream<Path> all = Files.walk(DIRECTORY)) {
                for (Path path : all.toList()) {
                    Files.copy(path, directory.resolve(DIRECTORY.relativize(path).toString()));
                    path.toFile().deleteOnExit();
                }
            }
        }
    }

    @Override
    protected void before() throws IOException {
        folder.create();
        Fresh.copyTo(directory());
        open();
    }

    @Override
    protected void after() {
        archive.close();
        folder.delete();
    }

    DerbyArchive get() {
        return archive;
    }

    Path directory() {
        return folder.getRoot().toPath().resolve("archive");
    }

    void open() {
        archive = new DerbyArchive(directory(), journalBytes, clock, limits, gauge);
    }

    /** Begins anew with an empty archive. */
    void renew() {
        after();
        try {
            before();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void restart() {
        archive.close();
        open();
    }

    void restartAt(Instant now) {
        restartWith(Clock.fixed(now, ZoneId.of("UTC")));
    }

    void restartWith(Clock other) {
        clock = other;
        restart();
    }

    void restartWithin(Limits other) {
        limits = other;
        restart();
    }

    void restartWith(Capacity other) {
        restartWithin(new Limits(limits.retention(), limits.disk(), other, limits.lookPace(), limits.sweepPace()));
    }

    void restartOn(DiskSpace.Gauge other) {
        gauge = other;
        restart();
    }

    /** Runs statements on the database behind the archive's back. */
    void sql(String... statements) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** Numbers of the rows that the journal has, oldest first. */
    List<Long> journalRows() throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Connection connection = connect(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id FROM journal ORDER BY id")) {
            while (row.next()) {
                ids.add(row.getLong(1));
            }
        }
        return ids;
    }

    Connection connect() throws SQLException {
        return source().getConnection();
    }

    /** The same while the archive is closed; Derby writes its messages where they belong. */
    Connection connectAlone() throws SQLException {
        System.setProperty("derby.stream.error.file", directory().resolve("derby.log").toString());
        try {
            return connect();
        } finally {
            System.clearProperty("derby.stream.error.file");
        }
    }

    EmbeddedDataSource source() {
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(ContainerStorage.name(directory().resolve("db")));
        return source;
    }

    static TrendLogId id(int instance) {
        return new TrendLogId("hq", 1200, TrendLogId.Kind.TL, instance);
    }

    static TrendLog log(int instance) {
        return new TrendLog(id(instance), "Zone " + instance, "AHU", "TL-" + instance,
                new TrendLog.LoggedProperty(1200, "analog-input," + instance, "present-value"), "degrees-celsius",
                ZoneId.of("Europe/Berlin"), Duration.ofMinutes(15), 500);
    }

    void describe(int logs) {
        List<TrendLog> all = new ArrayList<>();
        for (int i = 1; i <= logs; i++) {
            all.add(log(i));
        }
        archive.describe(all);
    }

    int append(int instance, int run, List<Sample> samples) {
        return archive.append(List.of(new Batch(id(instance), run, samples)));
    }

    /** Samples a quarter of an hour apart, with these sequence numbers. */
    static List<Sample> reals(long first, int count) {
        List<Sample> samples = new ArrayList<>();
        for (long sequence = first; sequence < first + count; sequence++) {
            samples.add(real(sequence, 90_000 * sequence));
        }
        return samples;
    }

    static Sample real(long sequence, long time) {
        return new Sample(sequence, time, 60, new Reading.Real(20 + sequence * 7 % 50 / 10f));
    }

    List<Sample> all(int instance) {
        return flat(pages(instance, Long.MIN_VALUE, Long.MAX_VALUE, 1_000));
    }

    List<Slice> pages(int instance, long from, long to, int limit) {
        List<Slice> slices = new ArrayList<>();
        for (Optional<Long> start = Optional.of(0L); start.isPresent();) {
            Page page = archive.samples(id(instance), from, to, start.get(), limit);
            slices.addAll(page.slices());
            start = page.next().isPresent() ? Optional.of(page.next().getAsLong()) : Optional.empty();
        }
        return slices;
    }

    static List<Sample> flat(List<Slice> slices) {
        return slices.stream().flatMap(slice -> slice.samples().stream()).toList();
    }

    List<Entry> wholeFeed() {
        return archive.read(0, Integer.MAX_VALUE);
    }

    /** Log 1 has three chunks and a head, with gaps in all of them, all of one day; log 2 has chunks. */
    void fill() {
        describe(2);
        archive.choose(List.of(id(1)), true);
        archive.append(List.of(new Batch(id(1), 1, withGaps(1, 7_000)), new Batch(id(2), 1, reals(1, 5_000))));
    }

    static List<Sample> withGaps(int first, int count) {
        List<Sample> samples = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            samples.add(i % 500 == 0 ? new Sample(i, 45_000_000, 60, new Reading.Gap(1, Reading.Gap.Cause.PURGE))
                    : real(i, 90_000L * i));
        }
        return samples;
    }

    Verification verify() {
        return archive.verify(List.of(), (done, all) -> true);
    }
}
