// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

/** What happens while something is being dropped. */
public class DeletionTest {

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();

    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @After
    public void end() throws InterruptedException {
        other.shutdown();
        assertTrue(other.awaitTermination(20, TimeUnit.SECONDS));
    }

    @Test
    public void appendsAndQueriesGoOnWhileADeletionWaits() throws SQLException {
        disk.describe(2);
        disk.append(1, 1, reals(1, 10_000));
        disk.get().moveBookmark("not yet", 0);
        disk.restartWithin(keep(60));
        try (Connection holding = disk.connect(); Statement statement = holding.createStatement()) {
            holding.setAutoCommit(false);
            statement.executeUpdate("UPDATE chunk SET crc = crc WHERE first_record = 0");
            disk.get().forget("not yet");
            until(() -> disk.get().holding(id(1)).orElseThrow().samples() == 5_904);
            until(this::isDeletionWaiting);
            for (int first = 10_001; first < 20_000; first += 1_000) {
                assertEquals(1_000, disk.append(1, 1, reals(first, 1_000)));
                assertEquals(1_000, disk.append(2, 1, reals(first, 1_000)));
            }
            LongLists.assertSame("held", reals(4_097, 15_904), disk.all(1));
            assertEquals(25_904, disk.wholeFeed().stream().mapToInt(entry -> entry.samples().size()).sum());
            assertTrue("all the while", isDeletionWaiting());
            holding.rollback();
        }
        until(() -> rows("first_record < 4096 AND log_id = 1") == 0);
    }

    /** Else a page could show what is before and what is after a hole. */
    @Test
    public void whoIsInTheMiddleOfReadingSeesAllThatHeBeganWith() throws Exception {
        thirtyRuns();
        try (Parts parts = new Parts()) {
            LogState log = parts.log();
            List<Integer> runs = new ArrayList<>();
            List<Integer> later = new ArrayList<>();
            List<Future<Long>> dropped = new ArrayList<>();
            parts.chunks.visit(log, 0, Times.ALL, chunk -> {
                runs.add(chunk.run());
                if (runs.size() == 5) {
                    dropped.add(other.submit(() -> parts.deletion.drop(List.of(new Cut(id(1), 200, true)))));
                    until(() -> parts.log().dropped().position() == 200);
                    until(() -> dropped.get(0).isDone() || isWaiting());
                    parts.chunks.visit(log, 0, Times.ALL, each -> later.add(each.run()));
                }
                return true;
            });
            assertEquals("whoever began before", 29, runs.size());
            assertEquals("whoever began then", List.of(21, 22, 23, 24, 25, 26, 27, 28, 29), later);
            dropped.get(0).get();
        }
        assertEquals("deleted, not only out of sight", 9, rows("log_id = 1"));
        disk.open();
    }

    @Test
    public void whoHasGoneBackMeanwhileFindsWhatHeWants() throws Exception {
        thirtyRuns();
        disk.get().moveBookmark("sql", 99);
        try (Parts parts = new Parts()) {
            parts.deletion.drop(List.of(new Cut(id(1), 50, false), new Cut(id(1), 100, false)));
            assertEquals(50, parts.log().dropped().position());
        }
        disk.open();
    }

    @Test
    public void whatIsNotDeletedYetIsNotDroppedTwice() throws Exception {
        thirtyRuns();
        try (Parts parts = new Parts()) {
            long reader = parts.readers.enter();
            parts.deletion.drop(List.of(new Cut(id(1), 50, true)));
            parts.deletion.drop(List.of(new Cut(id(1), 100, true)));
            assertFalse(parts.deletion.finish());
            assertEquals(100, parts.log().dropped().position());
            assertEquals(200, parts.log().now().samples());
            assertEquals(29, rows("log_id = 1"));
            parts.readers.leave(reader);
            assertTrue(parts.deletion.finish());
            assertEquals(19, rows("log_id = 1"));
        }
        disk.open();
    }

    private void thirtyRuns() {
        disk.describe(1);
        for (int run = 1; run <= 30; run++) {
            disk.append(1, run, reals(1, 10));
        }
    }

    /** An archive taken apart. */
    private final class Parts implements AutoCloseable {
        private final Database database;
        private final Current current;
        private final Readers readers = new Readers();
        private final Chunks chunks;
        private final Deletion deletion;

        Parts() throws SQLException, IOException {
            disk.get().close();
            database = Database.open(disk.directory());
            ArchiveHealth health = new ArchiveHealth();
            current = new Current(database.use(connection -> Recovery.read(connection, health)));
            chunks = new Chunks(database, current, readers, health);
            DiskGuard guard = new DiskGuard(disk.directory(), Limits.NONE.disk(), DiskSpace.of(disk.directory()),
                    database, health);
            deletion = new Deletion(database, new Writer(database, current, health, guard), current, readers, health);
        }

        LogState log() {
            return current.get().logs().get(id(1));
        }

        @Override
        public void close() throws SQLException, IOException {
            database.close();
        }
    }

    @Test
    public void whatWasDroppedAndNotDeletedIsDeletedAfterTheNextStart() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 10_000));
        disk.sql("UPDATE trend_log SET dropped_position = 4096, dropped_records = 4096, samples = 4096,"
                + " first_time = 90000 * 4097"); // and killed
        disk.restart();
        LongLists.assertSame("held", reals(4_097, 5_904), disk.all(1));
        until(() -> rows("log_id = 1") == 2);
    }

    @Test
    public void closingDoesNotWaitForADeletion() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 10_000));
        disk.restartWithin(keep(60));
        disk.get().close();
        disk.get().close();
        assertTrue(Thread.getAllStackTraces().keySet().stream().noneMatch(t -> t.getName().equals("archive-upkeep")));
        disk.open();
        until(() -> disk.get().holding(id(1)).orElseThrow().samples() == 5_904);
    }

    @Test
    public void waitingForReadersIsForThoseWhoBeganBefore() throws Exception {
        Readers readers = new Readers();
        assertTrue(readers.awaitEarlier(Duration.ofNanos(1)));
        long first = readers.enter();
        long second = readers.enter();
        assertFalse(readers.awaitEarlier(Duration.ofNanos(1)));
        Future<Boolean> waiting = other.submit(() -> readers.awaitEarlier(Duration.ofMinutes(1)));
        until(DeletionTest::isWaiting);
        readers.enter();
        readers.leave(second);
        assertFalse(waiting.isDone());
        readers.leave(first);
        assertTrue(waiting.get(20, TimeUnit.SECONDS));
    }

    private static Limits keep(int days) {
        return new Limits(new RetentionRules(days, List.of(), 0), Limits.NONE.disk(), Duration.ofMillis(1),
                Duration.ofMillis(1));
    }

    private static boolean isWaiting() {
        return Thread.getAllStackTraces().values().stream().flatMap(Stream::of)
                .anyMatch(frame -> frame.getMethodName().equals("awaitEarlier"));
    }

    private boolean isDeletionWaiting() {
        return count("syscs_diag.lock_table WHERE state = 'WAIT' AND tablename = 'CHUNK'") > 0;
    }

    private int rows(String where) {
        return count("chunk WHERE " + where + " WITH UR");
    }

    private int count(String what) {
        System.setProperty("derby.stream.error.file", disk.directory().resolve("derby.log").toString());
        try (Connection connection = disk.connect(); Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT COUNT(*) FROM " + what)) {
            found.next();
            return found.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            System.clearProperty("derby.stream.error.file");
        }
    }

    private static void until(BooleanSupplier condition) {
        for (long deadline = System.nanoTime() + 60_000_000_000L; !condition.getAsBoolean(); Thread.onSpinWait()) {
            assertTrue("in time", System.nanoTime() < deadline);
        }
    }
}
