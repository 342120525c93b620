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
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

public class KillTest {

    private static final int LOGS = 5;
    private static final int JOURNAL_BYTES = 3_000;
    private static final int GAP_EVERY = 25;

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk(JOURNAL_BYTES);

    /** The process that gets killed: it goes on from where it stopped, in batches that seal and rewrite often. */
    public static final class Victim {
        private Victim() {
        }

        public static void main(String[] arguments) {
            try (DerbyArchive archive = new DerbyArchive(Path.of(arguments[0]), JOURNAL_BYTES, Clock.systemUTC())) {
                for (;;) {
                    List<Batch> visit = new ArrayList<>();
                    for (int log = 1; log <= LOGS; log++) {
                        long next = archive.resumePoint(id(log)).map(ResumePoint::sequence).orElse(0L) + 1;
                        visit.add(new Batch(id(log), 1, samples(next, 40 * log)));
                    }
                    archive.append(visit);
                    System.out.println(archive.end());
                }
            }
        }
    }

    @Test
    public void whateverWasAcknowledgedIsThereOnceAfterTheProcessIsKilled() throws Exception {
        disk.describe(LOGS);
        Random random = new Random();
        for (int kill = 0; kill < 3; kill++) {
            disk.get().close();
            long acknowledged = runAndKill(20 + random.nextInt(60));
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
}
