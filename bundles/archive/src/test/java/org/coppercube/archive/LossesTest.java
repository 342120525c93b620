// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.real;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Loss;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

public class LossesTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
    private static final LocalDate TUESDAY = MONDAY.plusDays(1);

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();

    @Test
    public void gapsAreSummedUpByLogDayAndCause() {
        disk.describe(11);
        disk.append(10, 1, List.of(gap(1, 5, "2026-11-23T08:00:00Z", Cause.WRAP)));
        disk.append(2, 1, List.of(gap(1, 10, "2026-11-24T08:00:00Z", Cause.PURGE), real(11, 0),
                gap(12, 3, "2026-11-23T08:00:00Z", Cause.OVERFLOW), gap(15, 1, "2026-11-24T09:00:00Z", Cause.PURGE)));
        disk.append(2, 1, List.of(gap(16, 1, "2026-11-24T09:00:00Z", Cause.OVERFLOW)));
        disk.append(2, 2, List.of(gap(1, 100, "2026-11-24T23:30:00Z", Cause.PURGE)));
        assertEquals(List.of(new Loss(id(2), MONDAY, Cause.OVERFLOW, 3), new Loss(id(2), TUESDAY, Cause.OVERFLOW, 1),
                new Loss(id(2), TUESDAY, Cause.PURGE, 111), new Loss(id(10), MONDAY, Cause.WRAP, 5)), all());
    }

    @Test
    public void theDayIsThatOfTheDevicesOwnClock() {
        disk.describe(1);
        disk.append(1, 1, List.of(gapAt(1, "2026-11-23T23:59:59Z", 0), gapAt(2, "2026-11-23T23:30:00Z", 30),
                gapAt(3, "2026-11-24T00:29:59Z", -30), gapAt(4, "2026-11-24T12:00:00Z", 840)));
        assertEquals(List.of(new Loss(id(1), MONDAY, Cause.OVERFLOW, 2), new Loss(id(1), TUESDAY, Cause.OVERFLOW, 1),
                new Loss(id(1), TUESDAY.plusDays(1), Cause.OVERFLOW, 1)), all());
    }

    @Test
    public void daysAreAskedForFromOneToBeforeAnother() {
        disk.describe(1);
        disk.append(1, 1, List.of(gapAt(1, "2026-11-23T08:00:00Z", 0), gapAt(2, "2026-11-24T08:00:00Z", 0)));
        assertEquals(List.of(new Loss(id(1), MONDAY, Cause.OVERFLOW, 1)), disk.get().losses(MONDAY, TUESDAY));
        assertEquals(List.of(new Loss(id(1), TUESDAY, Cause.OVERFLOW, 1)), disk.get().losses(TUESDAY, LocalDate.MAX));
        assertEquals(List.of(), disk.get().losses(TUESDAY, TUESDAY));
        assertEquals(List.of(), disk.get().losses(LocalDate.MAX, LocalDate.MIN));
    }

    @Test
    public void whatIsKnownCountsNothing() {
        disk.describe(1);
        disk.append(1, 2, reals(1, 10));
        disk.append(1, 2, List.of(gap(4, 7, "2026-11-23T08:00:00Z", Cause.OVERFLOW)));
        disk.append(1, 1, List.of(gap(50, 7, "2026-11-23T08:00:00Z", Cause.OVERFLOW)));
        assertEquals(List.of(), all());
        Batch overlapping = new Batch(id(1), 2, List.of(gap(6, 25, "2026-11-23T08:00:00Z", Cause.DEVICE_AWAY)));
        disk.get().append(List.of(overlapping, overlapping));
        disk.get().append(List.of(overlapping));
        assertEquals(List.of(new Loss(id(1), MONDAY, Cause.DEVICE_AWAY, 20)), all());
    }

    @Test
    public void anyTimeHasADay() {
        disk.describe(1);
        disk.append(1, 1, List.of(new Sample(1, Long.MAX_VALUE, 1440, new Reading.Gap(1, Cause.OVERFLOW)),
                new Sample(2, Long.MIN_VALUE, -1440, new Reading.Gap(2, Cause.OVERFLOW))));
        assertEquals(List.of(2L, 1L), all().stream().map(Loss::records).toList());
    }

    @Test
    public void sumsThatAreGoneAreCountedOnceFromChunksAndJournal() throws SQLException {
        List<Loss> losses = someLosses();
        disk.sql("DELETE FROM loss");
        disk.restart();
        assertEquals(losses, all());
        disk.append(1, 2, List.of(gap(3_000, 1, "2026-11-23T08:00:00Z", Cause.PURGE)));
        assertEquals(16, total());
        disk.restart();
        assertEquals(16, total());
    }

    @Test
    public void aSumThatIsGoneIsCountedAnew() throws SQLException {
        List<Loss> losses = someLosses();
        disk.sql("DELETE FROM loss WHERE log_id = 1 AND cause = " + Cause.PURGE.ordinal());
        disk.restart();
        assertEquals(losses, all());
    }

    @Test
    public void whatADamagedFrameHadIsNotCountedTwice() throws SQLException {
        List<Loss> losses = someLosses();
        disk.sql("DELETE FROM journal WHERE id = (SELECT MAX(id) FROM journal)"); // as unreadable as can be
        disk.restart();
        assertEquals(1_000, disk.get().resumePoint(id(2)).orElseThrow().sequence());
        disk.append(2, 1, List.of(gap(1_001, 7, "2026-11-24T08:00:00Z", Cause.SEQUENCE_RESET)));
        assertEquals(losses, all());
    }

    @Test
    public void aDamagedChunkTakesNothingFromTheOthers() throws SQLException {
        List<Loss> losses = someLosses();
        disk.sql("UPDATE chunk SET crc = 0 WHERE log_id = 1");
        disk.restart();
        assertEquals("they were counted when it was whole", losses, all());
        disk.sql("DELETE FROM loss");
        disk.restart();
        assertEquals(List.of(new Loss(id(1), MONDAY, Cause.PURGE, 3), losses.get(2)), all());
    }

    @Test
    public void anAppendThatFailsHasLostNothing() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, List.of(gapAt(1, "2026-11-23T08:00:00Z", 0)));
        for (String table : List.of("loss", "journal")) {
            disk.sql("CREATE TRIGGER fault AFTER INSERT ON " + table
                    + " VALUES 1 / (SELECT version - version FROM schema_version)");
            assertThrows(table, ArchiveException.class, () -> disk.append(1, 1,
                    List.of(gapAt(2, "2026-11-23T08:00:00Z", 0), gapAt(3, "2026-11-24T08:00:00Z", 0))));
            disk.sql("DROP TRIGGER fault");
            assertEquals(1, total());
        }
        assertEquals(2, disk.append(1, 1,
                List.of(gapAt(2, "2026-11-23T08:00:00Z", 0), gapAt(3, "2026-11-24T08:00:00Z", 0))));
        assertEquals(3, total());
    }

    @Test
    public void nobodyIsToldOfALossThatMayYetBeTakenBack() throws Exception {
        HookedClock clock = new HookedClock();
        disk.restartWith(clock);
        disk.describe(1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            AtomicReference<Future<List<Loss>>> asked = new AtomicReference<>();
            clock.before(() -> {
                asked.set(other.submit(this::all));
                while (!asked.get().isDone() && !isSomebodyWaiting()) {
                    Thread.onSpinWait();
                }
                throw new IllegalStateException("so that it is taken back");
            });
            assertThrows(IllegalStateException.class,
                    () -> disk.append(1, 1, List.of(gapAt(1, "2026-11-23T08:00:00Z", 0))));
            assertEquals(List.of(), asked.get().get(60, TimeUnit.SECONDS));
        } finally {
            other.shutdown();
        }
    }

    private boolean isSomebodyWaiting() {
        try (Connection connection = disk.connect(); Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT 1 FROM syscs_diag.lock_table WHERE state = 'WAIT' AND tablename = 'LOSS'")) {
            return found.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of log 1 one in a chunk and one in the journal, of log 2 one in the journal's last row. */
    private List<Loss> someLosses() {
        disk.describe(3);
        disk.append(1, 1, List.of(gap(1, 5, "2026-11-23T08:00:00Z", Cause.OVERFLOW), real(6, 0)));
        disk.append(1, 2, List.of(gap(1, 3, "2026-11-23T08:00:00Z", Cause.PURGE)));
        disk.append(2, 1, reals(1, 1_000));
        disk.append(3, 1, reals(1, 5_000));
        disk.append(2, 1, List.of(gap(1_001, 7, "2026-11-24T08:00:00Z", Cause.SEQUENCE_RESET)));
        List<Loss> losses = List.of(new Loss(id(1), MONDAY, Cause.OVERFLOW, 5),
                new Loss(id(1), MONDAY, Cause.PURGE, 3), new Loss(id(2), TUESDAY, Cause.SEQUENCE_RESET, 7));
        assertEquals(losses, all());
        return losses;
    }

    private List<Loss> all() {
        return disk.get().losses(LocalDate.MIN, LocalDate.MAX);
    }

    private long total() {
        long sum = all().stream().mapToLong(Loss::records).sum();
        assertEquals(disk.get().totals().lost(), sum);
        return sum;
    }

    private static Sample gap(long sequence, long count, String time, Cause cause) {
        return new Sample(sequence, Sample.hundredths(Instant.parse(time)), 0, new Reading.Gap(count, cause));
    }

    private static Sample gapAt(long sequence, String time, int offset) {
        return new Sample(sequence, Sample.hundredths(Instant.parse(time)), offset, new Reading.Gap(1, Cause.OVERFLOW));
    }
}
