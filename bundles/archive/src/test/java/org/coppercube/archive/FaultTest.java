// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.log;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FaultTest {

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void anAppendThatFailsAtAnyStepHasChangedNothing() throws SQLException {
        disk.describe(2);
        disk.append(1, 1, reals(1, 2_000));
        disk.append(2, 1, reals(1, 100));
        List<Batch> visit = List.of(new Batch(id(1), 1, reals(2_001, 100)), new Batch(id(2), 1, reals(101, 100)));
        for (String table : List.of("chunk", "trend_log", "journal")) {
            disk.sql("CREATE TRIGGER fault AFTER " + (table.equals("trend_log") ? "UPDATE" : "INSERT") + " ON " + table
                    + " VALUES 1 / (SELECT version - version FROM schema_version)");
            ArchiveException failure = assertThrows(table, ArchiveException.class, () -> disk.get().append(visit));
            assertTrue(failure.getMessage(), failure.getMessage().startsWith("The archive could not store samples"));
            assertEquals(Health.Level.FAILED, disk.get().health().level());
            assertEquals(2_100, disk.get().end());
            assertEquals(2_000, disk.get().resumePoint(id(1)).orElseThrow().sequence());
            LongLists.assertSame("log 1", reals(1, 2_000), disk.all(1));
            LongLists.assertSame("log 2", reals(1, 100), disk.all(2));
            disk.sql("DROP TRIGGER fault");
        }
        assertEquals(200, disk.get().append(visit));
        assertEquals(Health.Level.OK, disk.get().health().level());
        disk.restart();
        LongLists.assertSame("log 1", reals(1, 2_100), disk.all(1));
        LongLists.assertSame("log 2", reals(1, 200), disk.all(2));
    }

    @Test
    public void afterACommitThatFailedTheTruthIsReadFromTheDatabase() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 100));
        disk.sql("ALTER TABLE journal ADD CONSTRAINT late CHECK (id <= 1) INITIALLY DEFERRED");
        assertThrows(ArchiveException.class, () -> disk.append(1, 1, reals(101, 10)));
        assertThrows(ArchiveException.class, () -> disk.append(1, 1, reals(101, 10)));
        disk.sql("ALTER TABLE journal DROP CONSTRAINT late");
        assertEquals(100, disk.get().end());
        assertEquals(20, disk.append(1, 1, reals(91, 30)));
        LongLists.assertSame("log 1", reals(1, 120), disk.all(1));
    }

    @Test
    public void inDoubtWhatIsNotCommittedIsNotTakenForStored() throws SQLException {
        disk.sql("CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.locks.waitTimeout', '1')");
        disk.restart();
        disk.describe(1);
        disk.append(1, 1, reals(1, 100));
        disk.sql("ALTER TABLE journal ADD CONSTRAINT late CHECK (id <= 1) INITIALLY DEFERRED");
        assertThrows(ArchiveException.class, () -> disk.append(1, 1, reals(101, 10)));
        disk.sql("ALTER TABLE journal DROP CONSTRAINT late");
        try (Connection dying = disk.connect(); Statement statement = dying.createStatement()) {
            dying.setAutoCommit(false);
            statement.execute("INSERT INTO bookmark VALUES ('ghost', 100, 0)");
            assertThrows(ArchiveException.class, () -> disk.append(1, 1, reals(101, 10)));
            dying.rollback();
        }
        assertEquals(10, disk.append(1, 1, reals(101, 10)));
        assertEquals(Map.of(), disk.get().bookmarks());
    }

    @Test
    public void aDatabaseThatDiedIsOpenedAgain() throws SQLException {
        disk.describe(1);
        for (int round = 0; round < 3; round++) {
            assertEquals(10, disk.append(1, 1, reals(1 + 10 * round, 10)));
            shutDownDerby();
        }
        LongLists.assertSame("log 1", reals(1, 30), disk.all(1));
        assertEquals(10, disk.append(1, 1, reals(21, 20)));
    }

    /** As it is started again by Derby on a full disk: read-only, and without what its log holds. */
    @Test
    public void aDatabaseThatCannotBeWrittenIsNotReadEither() throws SQLException, IOException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 10));
        shutDownDerby();
        Path lock = disk.directory().resolve("db/db.lck");
        Files.createDirectory(lock); // and so Derby cannot write its lock file
        for (int attempt = 0; attempt < 3; attempt++) {
            ArchiveException refusal = assertThrows(ArchiveException.class, () -> disk.append(1, 1, reals(11, 1)));
            assertTrue(refusal.getMessage(), refusal.getMessage().contains("the disk is full or protected"));
        }
        assertEquals(Health.Level.FAILED, disk.get().health().level());
        Files.delete(lock);
        assertEquals(1, disk.append(1, 1, reals(11, 1)));
        LongLists.assertSame("log 1", reals(1, 11), disk.all(1));
    }

    @Test
    public void aDamagedChunkIsNamedAndHarmsNoOtherLog() throws SQLException {
        disk.describe(2);
        disk.append(1, 1, reals(1, 5_000));
        disk.append(2, 1, reals(1, 5_000));
        TrendLogId damaged = id(1);
        flip("chunk", "log_id = 1 AND first_record = 2048", 30);
        assertEquals("the others and a gap", 2_953, disk.all(1).size());
        String detail = disk.get().health().detail();
        assertTrue(detail, detail.contains(damaged + " (its records 2048 to 4095)"));
        LongLists.assertSame("log 2", reals(1, 5_000), disk.all(2));
        assertEquals("the feed goes on", 7_953,
                disk.wholeFeed().stream().mapToInt(entry -> entry.samples().size()).sum());
        assertEquals(Health.Level.DEGRADED, disk.get().health().level());
        assertTrue(disk.get().health().detail(), disk.get().health().detail().contains("hq.1200.TL1"));
        assertEquals("the log itself goes on", 10, disk.append(1, 1, reals(5_001, 10)));
    }

    @Test
    public void whatADamagedFrameHadIsReadAgainFromTheDevice() throws SQLException {
        disk.describe(2);
        disk.append(1, 1, reals(1, 100));
        disk.get().append(List.of(new Batch(id(1), 1, reals(101, 100)), new Batch(id(2), 1, reals(1, 100))));
        flip("journal", "id = 2", -8);
        disk.restart();
        LongLists.assertSame("log 1", reals(1, 200), disk.all(1));
        assertEquals(Optional.empty(), disk.get().resumePoint(id(2)));
        assertEquals(Health.Level.DEGRADED, disk.get().health().level());
        assertEquals(100, disk.append(2, 1, reals(1, 100)));
        disk.restart();
        LongLists.assertSame("log 2", reals(1, 100), disk.all(2));
    }

    @Test
    public void aReaderBeyondWhatDamageTookWaitsAndMissesNothing() throws Exception {
        disk.describe(2);
        disk.append(1, 1, reals(1, 100));
        disk.append(1, 1, reals(101, 100));
        disk.get().moveBookmark("taken", 200);
        flip("journal", "id = 2", -8);
        disk.restart();
        assertEquals("a position is never given out again", 200, disk.get().end());
        assertEquals(List.of(), disk.get().read(150, 10));
        assertFalse(disk.get().await(150, Duration.ofMillis(1)));
        disk.append(2, 1, reals(1, 10));
        assertTrue(disk.get().await(150, Duration.ZERO));
        assertEquals(List.of(new Entry(210, log(2), 1, reals(1, 10))), disk.get().read(150, 100));
        assertEquals(List.of(new Entry(210, log(2), 1, reals(1, 10))), disk.get().read(200, 100));
    }

    /** Derby closes a connection that meets an interrupt; that says nothing of the archive. */
    @Test
    public void anInterruptInTheMiddleOfAnAppendChangesNothing() {
        HookedClock clock = new HookedClock();
        disk.restartWith(clock);
        disk.describe(1);
        clock.before(Thread.currentThread()::interrupt);
        assertThrows(ArchiveException.class, () -> disk.append(1, 1, reals(1, 5_000)));
        assertTrue(Thread.interrupted());
        assertEquals(Health.Level.OK, disk.get().health().level());
        clock.before(() -> { });
        assertEquals(5_000, disk.append(1, 1, reals(1, 5_000)));
    }

    @Test
    public void aDamagedOlderFrameIsReported() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 100));
        disk.append(1, 1, reals(101, 100));
        disk.append(1, 1, reals(201, 100));
        flip("journal", "id = 2", 30);
        disk.restart();
        assertEquals("the others and a gap", 201, disk.all(1).size());
        assertEquals(300, disk.get().end());
        assertEquals(300, disk.get().resumePoint(id(1)).orElseThrow().sequence());
        assertEquals(Health.Level.DEGRADED, disk.get().health().level());
        assertEquals(201, disk.wholeFeed().stream().mapToInt(entry -> entry.samples().size()).sum());
        assertEquals(10, disk.append(1, 1, reals(301, 10)));
    }

    /** A disk forgets what it had. */
    @Test
    public void aDamagedPageIsNamedInOneLineAndHarmsNothingElse() throws IOException, SQLException {
        disk.describe(3);
        disk.append(1, 1, noise(10_000));
        disk.append(2, 1, noise(10_000));
        disk.append(3, 1, reals(1, 100));
        disk.get().close();
        Path chunks = largest(disk.directory().resolve("db/seg0"));
        try (RandomAccessFile file = new RandomAccessFile(chunks.toFile(), "rw")) {
            file.seek(2 * 32_768 + 16_384);
            file.write(new byte[512]);
        }
        disk.open();
        for (int again = 0; again < 2; again++) {
            String refusal = assertThrows(ArchiveException.class, () -> disk.all(1)).getMessage();
            assertTrue(refusal, refusal.contains("Invalid checksum on Page") || refusal.contains("a page is damaged"));
            assertTrue(refusal, refusal.length() < 300 && refusal.lines().count() == 1);
            LongLists.assertSame("the log beside it", noise(10_000), disk.all(2));
            assertEquals(10, disk.append(3, 1, reals(101 + 10 * again, 10)));
        }
        disk.restart();
        LongLists.assertSame("what came after", reals(1, 120), disk.all(3));
    }

    private static List<Sample> noise(int count) {
        Random random = new Random(1);
        return reals(1, count).stream().map(sample -> new Sample(sample.sequence(), sample.time(), 0,
                new Reading.Double(Double.longBitsToDouble(random.nextLong())))).toList();
    }

    private static Path largest(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.max(Comparator.comparingLong(path -> path.toFile().length())).orElseThrow();
        }
    }

    /** Whatever bit it is, nothing false is served, and what lies in other rows of the journal is there. */
    @Test
    public void noFlippedBitOfAFrameGoesUnnoticed() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 100));
        disk.append(1, 1, reals(101, 100));
        for (int at = 0; at < 40; at += 3) {
            flip("journal", "id = 2", at);
            disk.restart();
            LongLists.assertSame("byte " + at, reals(1, 100), disk.all(1));
            assertEquals("byte " + at, Health.Level.DEGRADED, disk.get().health().level());
            flip("journal", "id = 2", at);
        }
        disk.restart();
        LongLists.assertSame("whole again", reals(1, 200), disk.all(1));
    }

    @Test
    public void aDamagedSummaryIsNamedAndTheChartIsDrawnFromTheSamples() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 4_096));
        List<Slice> whole = disk.get().extremes(id(1), Long.MIN_VALUE, Long.MAX_VALUE, 4);
        disk.sql("UPDATE chunk SET summary = X'7F7F7F' WHERE first_record = 0");
        assertEquals(whole, disk.get().extremes(id(1), Long.MIN_VALUE, Long.MAX_VALUE, 4));
        assertEquals(Health.Level.DEGRADED, disk.get().health().level());
        assertTrue(disk.get().health().detail(), disk.get().health().detail().contains("hq.1200.TL1"));
    }

    /** As after a power cut on a disk that had said too early that it was written. */
    @Test
    public void anAppendWhoseEndInDerbysLogIsTornIsNotThereAndAllBeforeItAre() throws IOException, SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 3_000));
        disk.get().close();
        disk.open();
        Path log = newestLog();
        int before = end(log);
        disk.append(1, 1, reals(3_001, 100));
        Path copy = folder.newFolder().toPath();
        copyTree(disk.directory(), copy); // as a kill would leave it
        disk.get().close();
        Path copiedLog = copy.resolve(disk.directory().relativize(log));
        byte[] whole = Files.readAllBytes(copiedLog);
        int end = end(copiedLog);
        assertTrue(before + " to " + end, end > before + 100);
        for (int torn = before + 1; torn < end; torn += (end - before) / 12) {
            Path attempt = folder.newFolder().toPath();
            copyTree(copy, attempt);
            byte[] bytes = whole.clone();
            Arrays.fill(bytes, torn, end, (byte) 0);
            Files.write(attempt.resolve(copy.relativize(copiedLog)), bytes);
            try (DerbyArchive archive = new DerbyArchive(attempt, Journal.MOST_BYTES, Clock.systemUTC())) {
                assertEquals("torn at " + torn, 3_000, archive.end());
                assertEquals(3_000, archive.resumePoint(id(1)).orElseThrow().sequence());
                assertEquals(100, archive.append(List.of(new Batch(id(1), 1, reals(3_001, 100)))));
            }
        }
        disk.open();
    }

    private Path newestLog() throws IOException {
        try (Stream<Path> logs = Files.list(disk.directory().resolve("db/log"))) {
            return logs.filter(path -> path.getFileName().toString().matches("log[0-9]+\\.dat"))
                    .max(Comparator.comparing(path -> path.toFile().lastModified())).orElseThrow();
        }
    }

    /** Where the zeros begin that Derby wrote ahead. */
    private static int end(Path log) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }

    private void shutDownDerby() {
        EmbeddedDataSource source = disk.source();
        source.setShutdownDatabase("shutdown");
        assertEquals("08006", assertThrows(SQLException.class, source::getConnection).getSQLState());
    }

    /** @param at which byte; counted from the end when negative */
    private void flip(String table, String where, int at) throws SQLException {
        try (Connection connection = disk.connect();
                PreparedStatement select = connection.prepareStatement("SELECT data FROM " + table + " WHERE " + where);
                PreparedStatement update =
                        connection.prepareStatement("UPDATE " + table + " SET data = ? WHERE " + where)) {
            byte[] data = bytes(select);
            data[at < 0 ? data.length + at : at] ^= 1;
            update.setBytes(1, data);
            assertEquals(1, update.executeUpdate());
        }
    }

    private static byte[] bytes(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getBytes(1);
        }
    }
}
