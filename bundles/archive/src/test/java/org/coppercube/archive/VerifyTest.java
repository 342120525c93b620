// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.coppercube.archive.ArchiveOnDisk.withGaps;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.coppercube.api.archive.Finding;
import org.coppercube.api.archive.Verification;
import org.coppercube.api.archive.Watch;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

public class VerifyTest {

    private static final Watch TO_THE_END = (done, all) -> true;

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();

    @Test
    public void whatIsAsItWasStoredHasNoFinding() {
        disk.describe(3);
        Random random = new Random(7);
        disk.append(1, 1, without(EveryKind.random(random, 1, 5_000)));
        disk.append(1, 3, without(EveryKind.random(random, 1, 5_000)));
        disk.append(2, 1, reals(17, 100));
        Verification verification = disk.verify();
        assertEquals(List.of(), verification.findings());
        assertTrue(verification.complete());
        assertEquals(3, verification.logs());
        assertEquals(disk.get().end(), verification.records());
        disk.restart();
        assertEquals(verification, disk.verify());
        assertEquals(Health.Level.OK, disk.get().health().level());
        assertTrue(disk.get().health().detail(), disk.get().health().detail().startsWith("2026-11-23 12:00: "));
    }

    @Test
    public void aFindingNamesLogChunkRecordsAndWayOut() throws SQLException {
        disk.fill();
        disk.sql("UPDATE chunk SET first_time = first_time - 1 WHERE log_id = 1 AND first_record = 2048");
        Finding finding = disk.verify().findings().get(0);
        assertEquals(id(1), finding.log().orElseThrow());
        assertEquals("Chunk 4096 of hq.1200.TL1 (its records 2048 to 4095) is damaged: it does not follow in the hash"
                + " chain, so it or what was before it was changed; what its row says of it does not fit its samples",
                finding.what());
        assertTrue(finding.wayOut(), finding.wayOut().contains("restore a backup"));
        assertEquals(Health.Level.DEGRADED, disk.get().health().level());
        assertTrue(disk.get().health().detail(), disk.get().health().detail().startsWith(finding.what()));
    }

    @Test
    public void aLogThatIsBrokenEverywhereIsToldInAFewLines() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 100 * 2_048));
        disk.sql("UPDATE chunk SET crc = 0");
        List<Finding> findings = disk.verify().findings();
        assertEquals(21, findings.size());
        assertTrue(findings.get(20).what(), findings.get(20).what().startsWith("80 more chunks of hq.1200.TL1"));
    }

    @Test
    public void onlyTheLogsWantedAreVerified() throws SQLException {
        disk.fill();
        disk.sql("UPDATE chunk SET crc = 0 WHERE log_id = 1");
        assertEquals(List.of(), disk.get().verify(List.of(id(2)), TO_THE_END).findings());
        assertFalse(disk.get().verify(List.of(id(1)), TO_THE_END).findings().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> disk.get().verify(List.of(id(77)), TO_THE_END));
    }

    @Test
    public void isEndedByWhoWatchesIt() {
        disk.fill();
        List<Long> seen = new ArrayList<>();
        Verification verification = disk.get().verify(List.of(), (done, all) -> {
            assertTrue(done <= all);
            seen.add(done);
            return seen.size() < 2;
        });
        assertEquals(List.of(2_048L, 4_096L), seen);
        assertFalse(verification.complete());
        assertEquals(4_096, verification.records());
        assertEquals("no word of an unfinished one", "", disk.get().health().detail());
    }

    @Test
    public void samplesAndLossesThatComeMeanwhileAreNoFindings() throws Exception {
        disk.describe(3);
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Long> collecting = CompletableFuture.supplyAsync(() -> {
            long next = 1;
            while (!enough.get()) {
                for (int log = 1; log <= 3; log++) {
                    List<Sample> visit = new ArrayList<>(reals(next, 99));
                    visit.add(new Sample(next + 99, 90_000 * next, 60, new Reading.Gap(3, Cause.OVERFLOW)));
                    disk.append(log, 1, visit);
                }
                next += 102;
            }
            return next;
        });
        Verification last = null;
        while (last == null || last.chunks() < 60) {
            last = disk.verify();
            assertEquals(List.of(), last.findings());
            assertFalse(collecting.isDone());
        }
        enough.set(true);
        assertTrue(collecting.get(20, TimeUnit.SECONDS) > 0);
    }

    /** The sums are read at the start; of log 2 some come before its samples are looked at, and many while they are. */
    @Test
    public void lossesThatComeWhileALogIsVerifiedAreCounted() {
        disk.describe(2);
        disk.append(1, 1, withGaps(1, 2_048));
        disk.append(2, 1, withGaps(1, 2_048));
        AtomicInteger calls = new AtomicInteger();
        Verification verification = disk.get().verify(List.of(), (done, all) -> {
            int call = calls.incrementAndGet(); // 1: the chunk of log 1; 2: its end; 3: the first chunk of log 2
            if (call == 1 || call == 3) {
                disk.append(2, 1, withGaps(call == 1 ? 2_049 : 100_000, 100_000 - 2_049));
            }
            return true;
        });
        assertEquals(List.of(), verification.findings());
    }

    /** What retention leaves behind: the oldest chunks are gone, the chain's value at the last of them is kept. */
    @Test
    public void chunksAreVerifiedFromTheFirstThatIsKept() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 3 * 2_048));
        disk.sql("UPDATE trend_log SET dropped_chain = (SELECT chain FROM chunk WHERE first_record = 0),"
                + " samples = 4096, dropped_records = 2048, dropped_position = 2048,"
                + " first_time = (SELECT first_time FROM chunk WHERE first_record = 2048)",
                "DELETE FROM chunk WHERE first_record = 0");
        disk.restart();
        assertEquals(List.of(), disk.verify().findings());
        disk.sql("DELETE FROM chunk WHERE first_record = 2048");
        assertEquals(1, disk.verify().findings().stream().filter(f -> f.what().contains("hash chain")).count());
    }

    /** Where the numbers have holes, gaps are put. */
    private static List<Sample> without(List<Sample> holed) {
        List<Sample> whole = new ArrayList<>();
        long next = holed.get(0).sequence();
        for (Sample sample : holed) {
            if (sample.sequence() > next) {
                whole.add(new Sample(next, sample.time(), 0, new Reading.Gap(sample.sequence() - next, Cause.WRAP)));
            }
            whole.add(sample);
            next = sample.lastSequence() + 1;
        }
        return whole;
    }
}
