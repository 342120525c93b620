// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.real;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

/** The process is killed while it drops and deletes without end. */
public class RetentionKillTest {

    private static final int LOGS = 3;
    private static final int JOURNAL_BYTES = 3_000;
    private static final int RUNS_KEPT = 24;
    private static final long HOUR = 360_000;
    private static final Limits A_DAY = new Limits(new RetentionRules(1, List.of(), 0), Limits.NONE.disk(),
            Duration.ofMillis(1), Duration.ofMillis(1));

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk(JOURNAL_BYTES);

    /** The process that gets killed: every run becomes a chunk, and an hour. */
    public static final class Victim {
        private Victim() {
        }

        public static void main(String[] arguments) {
            Path directory = Path.of(arguments[0]);
            try (DerbyArchive archive = new DerbyArchive(directory, JOURNAL_BYTES, Clock.systemUTC(), A_DAY,
                    DiskSpace.of(directory))) {
                for (;;) {
                    int run = archive.resumePoint(id(1)).map(ResumePoint::run).orElse(0) + 1;
                    List<Batch> visit = new ArrayList<>();
                    for (int log = 1; log <= LOGS; log++) {
                        visit.add(new Batch(id(log), run, samples(run)));
                        visit.add(new Batch(id(log), run + 1, samples(run + 1)));
                    }
                    archive.append(visit);
                    System.out.println(archive.end());
                }
            }
        }
    }

    @Test
    public void afterAKillInTheMiddleOfADeletionTheAccountsAreTrueAndNothingIsLeftOver() throws Exception {
        disk.describe(LOGS);
        Random random = new Random();
        for (int kill = 0; kill < 3; kill++) {
            disk.get().close();
            long acknowledged = runAndKill(30 + random.nextInt(30));
            disk.restartWithin(Limits.NONE);
            assertTrue(disk.get().end() + " of " + acknowledged, disk.get().end() >= acknowledged);
            for (int log = 1; log <= LOGS; log++) {
                compare(disk.get().holding(id(log)).orElseThrow(), disk.all(log));
            }
            until(() -> leftOver() == 0);
            assertEquals(List.of(), disk.get().verify(List.of(), (done, all) -> true).findings());
        }
    }

    private void compare(Holding holding, List<Sample> held) throws SQLException {
        List<Sample> expected = new ArrayList<>();
        int runs = held.size() / 3;
        assertTrue(runs + " runs", runs >= RUNS_KEPT);
        for (int run = holding.run() - runs + 1; run <= holding.run(); run++) {
            expected.addAll(samples(run));
        }
        LongLists.assertSame("held", expected, held);
        assertEquals(2L * runs, holding.samples());
        assertEquals(runs, holding.lost());
        assertEquals(expected.get(0).time(), holding.first());
        assertEquals(holding.lost(), disk.get().losses(LocalDate.MIN, LocalDate.MAX).stream()
                .filter(loss -> loss.log().equals(holding.log().id())).mapToLong(loss -> loss.records()).sum());
    }

    private int leftOver() {
        try (Connection connection = disk.connect(); Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT COUNT(*) FROM chunk c JOIN trend_log t"
                        + " ON c.log_id = t.log_id WHERE c.last_position <= t.dropped_position WITH UR")) {
            found.next();
            return found.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Sample> samples(int run) {
        return List.of(real(1, run * HOUR), new Sample(2, run * HOUR + 1, 0, new Reading.Gap(1, Cause.WRAP)),
                real(3, run * HOUR + 2));
    }

    /** @return the last position it acknowledged */
    private long runAndKill(int appends) throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "-Xmx200m", Victim.class.getName(),
                disk.directory().toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader said = new BufferedReader(
                new InputStreamReader(victim.getInputStream(), StandardCharsets.US_ASCII))) {
            String last = "0";
            for (int i = 0; i < appends; i++) {
                last = said.readLine();
            }
            victim.toHandle().destroyForcibly(); // the process itself would close what it said
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                last = line.isEmpty() ? last : line;
            }
            assertTrue(victim.waitFor(20, TimeUnit.SECONDS));
            return Long.parseLong(last);
        }
    }

    private static void until(BooleanSupplier condition) {
        for (long deadline = System.nanoTime() + 60_000_000_000L; !condition.getAsBoolean(); Thread.onSpinWait()) {
            assertTrue("in time", System.nanoTime() < deadline);
        }
    }
}
