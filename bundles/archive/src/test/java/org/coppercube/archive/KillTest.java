// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A process is killed with kill -9: at any moment, and in the middle of what would hurt most. */
public class KillTest {

    private static final int KILLS = Integer.getInteger("crash.kills", 4);
    private static final int LOGS = 5;
    private static final int JOURNAL_BYTES = 3_000;
    private static final int GAP_EVERY = 25;

    private static final String ANY_MOMENT = "any moment";
    private static final String FIRST_BOOT = "first boot";
    private static final String SEALING = "sealing";
    private static final List<String> FAULT_POINTS = List.of(ANY_MOMENT, SEALING, "journal rewriting", FIRST_BOOT);
    /** A first boot makes some more changes than this. */
    private static final int CHANGES_OF_FIRST_BOOT = 800;

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk(JOURNAL_BYTES);
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /**
     * The process that gets killed: it goes on from where it stopped, in batches that seal and rewrite often. At a
     * fault point it stops in the middle of a change on the disk, says so, and waits for its end.
     */
    public static final class Victim {

        private final String faultPoint;
        private int changesBefore;
        private volatile boolean sealing;

        private Victim(String faultPoint, int changesBefore) {
            this.faultPoint = faultPoint;
            this.changesBefore = changesBefore;
        }

        /** The directory, the fault point and how often it goes past it; any moment is without a watch. */
        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            Victim victim = new Victim(arguments[1], Integer.parseInt(arguments[2]));
            if (arguments[1].equals(ANY_MOMENT)) {
                victim.live(directory);
            } else {
                try (Disk disk = new Disk(directory)) {
                    disk.guard(victim::before);
                    victim.live(disk.watched());
                }
            }
        }

        private void live(Path directory) {
            try (DerbyArchive archive = new DerbyArchive(directory, JOURNAL_BYTES, Clock.systemUTC(), Limits.NONE,
                    StoryOnDisk.ROOM)) {
                archive.describe(IntStream.rangeClosed(1, LOGS).mapToObj(ArchiveOnDisk::log).toList());
                for (;;) {
                    List<Batch> visit = new ArrayList<>();
                    boolean seals = false;
                    for (int log = 1; log <= LOGS; log++) {
                        long held = archive.resumePoint(id(log)).map(ResumePoint::sequence).orElse(0L);
                        visit.add(new Batch(id(log), 1, samples(held + 1, 40 * log)));
                        seals |= held % Growth.SEALED_SAMPLES + 40 * log >= Growth.SEALED_SAMPLES;
                    }
                    sealing = seals;
                    archive.append(visit);
                    System.out.println(archive.end());
                }
            }
        }

        private void before(Disk.Change change) {
            String now = sealing && change.during().equals("append") ? SEALING : change.during();
            if (now.equals(faultPoint) && changesBefore-- == 0) {
                System.out.println(faultPoint);
                for (;;) {
                    LockSupport.park();
                }
            }
        }
    }

    @Test
    public void whateverWasAcknowledgedIsThereOnceAfterTheProcessIsKilled() throws Exception {
        disk.describe(LOGS);
        Random random = new Random();
        Map<String, Integer> hits = new TreeMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            String faultPoint = FAULT_POINTS.get(kill % FAULT_POINTS.size());
            if (faultPoint.equals(FIRST_BOOT)) {
                Path empty = folder.newFolder().toPath();
                runAndKill(empty, FIRST_BOOT, random.nextInt(CHANGES_OF_FIRST_BOOT));
                disk.get().close(); // one engine at a time
                try (DerbyArchive archive = new DerbyArchive(empty, JOURNAL_BYTES, Clock.systemUTC())) {
                    archive.describe(List.of(ArchiveOnDisk.log(1)));
                    assertEquals(1, archive.append(List.of(new Batch(id(1), 1, samples(1, 1)))));
                }
                disk.open();
            } else {
                disk.get().close();
                long acknowledged = runAndKill(disk.directory(), faultPoint, random.nextInt(
                        faultPoint.equals(ANY_MOMENT) ? 60 : 3));
                assertWhole(acknowledged);
            }
            hits.merge(faultPoint, 1, Integer::sum);
        }
        System.out.println("Killed with kill -9: " + hits);
    }

    private void assertWhole(long acknowledged) throws SQLException {
        Map<Integer, Long> lost = lostAsItIsLeft();
        disk.open();
        assertTrue(disk.get().end() + " of " + acknowledged, disk.get().end() >= acknowledged);
        List<Sample> fed = new ArrayList<>();
        long position = 0;
        for (Entry entry : disk.wholeFeed()) {
            position += entry.samples().size();
            assertEquals(position, entry.position());
            fed.addAll(entry.samples());
        }
        assertEquals(disk.get().end(), fed.size());
        int held = 0;
        for (int log = 1; log <= LOGS; log++) {
            List<Sample> samples = disk.all(log);
            LongLists.assertSame("log " + log, samples(1, samples.size()), samples);
            assertEquals("log " + log, samples.size() / GAP_EVERY, lost.getOrDefault(log, 0L).longValue());
            held += samples.size();
        }
        assertEquals(fed.size(), held);
    }

    /** Before the archive opens, which would put it right. */
    private Map<Integer, Long> lostAsItIsLeft() throws SQLException {
        try (Connection connection = disk.connectAlone()) {
            return LossTable.totals(connection);
        }
    }

    /** Every so often there is a gap of one. */
    private static List<Sample> samples(long first, int count) {
        return reals(first, count).stream().map(sample -> sample.sequence() % GAP_EVERY > 0 ? sample
                : new Sample(sample.sequence(), sample.time(), 0, new Reading.Gap(1, Cause.WRAP))).toList();
    }

    /** @return the last position it acknowledged */
    private static long runAndKill(Path directory, String faultPoint, int before)
            throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "-Xmx200m", Victim.class.getName(), directory.toString(),
                faultPoint, Integer.toString(before)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader said = new BufferedReader(
                new InputStreamReader(victim.getInputStream(), StandardCharsets.US_ASCII))) {
            boolean atAnyMoment = faultPoint.equals(ANY_MOMENT);
            List<String> lines = new ArrayList<>();
            while (atAnyMoment ? lines.size() < 20 + before : !lines.contains(faultPoint)) {
                lines.add(Objects.requireNonNull(said.readLine(), "it ended before its fault point"));
            }
            victim.toHandle().destroyForcibly(); // the process itself would close what it said
            said.lines().forEach(lines::add);
            assertTrue(victim.waitFor(20, TimeUnit.SECONDS));
            return lines.stream().filter(line -> line.matches("[0-9]+")).mapToLong(Long::parseLong).max().orElse(0);
        }
    }
}
