// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.NOON;
import static org.coppercube.archive.ArchiveOnDisk.flat;
import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.log;
import static org.coppercube.archive.ArchiveOnDisk.real;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.archive.Totals;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.junit.Rule;
import org.junit.Test;

public class DerbyArchiveTest {

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();

    @Test
    public void everyKindOfReadingComesBackFromMemoryJournalAndChunk() {
        disk.describe(1);
        List<Sample> samples = EveryKind.samples();
        assertEquals(samples.size(), disk.append(1, 1, samples));
        assertEquals("from memory", samples, disk.all(1));
        disk.restart();
        assertEquals("from the journal", samples, disk.all(1));
        disk.append(1, 2, reals(1, 1)); // a new run seals the one before
        disk.restart();
        assertEquals("from a chunk", samples, disk.all(1).subList(0, samples.size()));
    }

    @Test
    public void samplesThatTakeLessThanAByteEachComeBackFromTheJournal() {
        disk.describe(1);
        List<Sample> still = new ArrayList<>();
        for (int sequence = 1; sequence < Growth.SEALED_SAMPLES; sequence++) {
            still.add(new Sample(sequence, 6_000L * sequence, 0, new Reading.Enumerated(1)));
        }
        disk.append(1, 1, still);
        disk.restart();
        LongLists.assertSame("still", still, disk.all(1));
    }

    @Test
    public void resumesAtTheLastRecordAccountedFor() {
        disk.describe(1);
        assertEquals(Optional.empty(), disk.get().resumePoint(id(1)));
        disk.append(1, 1, reals(1, 10));
        assertEquals(Optional.of(new ResumePoint(1, 10, Optional.of(reals(10, 1).get(0)))),
                disk.get().resumePoint(id(1)));
        disk.append(1, 1, List.of(gap(11, 30)));
        ResumePoint behindGap = new ResumePoint(1, 40, Optional.of(reals(10, 1).get(0)));
        assertEquals(Optional.of(behindGap), disk.get().resumePoint(id(1)));
        disk.restart();
        assertEquals(Optional.of(behindGap), disk.get().resumePoint(id(1)));
        disk.append(1, 2, List.of(gap(5, 1)));
        assertEquals(Optional.of(new ResumePoint(2, 5, Optional.empty())), disk.get().resumePoint(id(1)));
        disk.restart();
        assertEquals(Optional.of(new ResumePoint(2, 5, Optional.empty())), disk.get().resumePoint(id(1)));
    }

    @Test
    public void repeatingIsHarmless() {
        disk.describe(1);
        assertEquals(10, disk.append(1, 2, reals(1, 10)));
        assertEquals(0, disk.append(1, 2, reals(1, 10)));
        assertEquals("an overlap", 5, disk.append(1, 2, reals(6, 10)));
        assertEquals("a lower run", 0, disk.append(1, 1, reals(100, 10)));
        Batch again = new Batch(id(1), 2, reals(16, 4));
        assertEquals("twice in one call", 4, disk.get().append(List.of(again, again)));
        assertEquals(reals(1, 19), disk.all(1));
        assertEquals(19, disk.get().end());
    }

    @Test
    public void ofAGapThatBeginsWithWhatIsKnownTheRestIsKept() {
        disk.describe(1);
        disk.append(1, 1, reals(1, 10));
        assertEquals(0, disk.append(1, 1, List.of(gap(4, 7))));
        assertEquals(2, disk.append(1, 1, List.of(gap(6, 25), real(31, 0))));
        assertEquals(List.of(gap(11, 20), real(31, 0)), disk.all(1).subList(10, 12));
        assertEquals(20, disk.get().totals().lost());
    }

    @Test
    public void aNewRunBeginsItsNumbersAnew() {
        disk.describe(1);
        disk.get().append(List.of(new Batch(id(1), 1, reals(500, 10)), new Batch(id(1), 2, reals(1, 5))));
        disk.append(1, 7, reals(3, 2));
        List<Slice> expected =
                List.of(new Slice(1, reals(500, 10)), new Slice(2, reals(1, 5)), new Slice(7, reals(3, 2)));
        assertEquals(expected, disk.pages(1, Long.MIN_VALUE, Long.MAX_VALUE, 100));
        disk.restart();
        assertEquals(expected, disk.pages(1, Long.MIN_VALUE, Long.MAX_VALUE, 100));
    }

    @Test
    public void manyLogsAreOneTransactionOrNone() {
        disk.describe(1);
        List<Batch> withAStranger = List.of(new Batch(id(1), 1, reals(1, 3)), new Batch(id(99), 1, reals(1, 3)));
        assertThrows(IllegalArgumentException.class, () -> disk.get().append(withAStranger));
        assertEquals(List.of(), disk.all(1));
        assertEquals(3, disk.append(1, 1, reals(1, 3)));
    }

    @Test
    public void aSampleThatFitsNowhereIsRefusedByName() {
        disk.describe(1);
        List<Sample> huge = List.of(new Sample(7, 0, 0, new Reading.Text("x".repeat(40_000))));
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> disk.append(1, 1, huge));
        assertTrue(refusal.getMessage(), refusal.getMessage().contains("Sample 7 of hq.1200.TL1"));
        assertEquals(0, disk.get().end());
    }

    @Test
    public void pagesHaveAllSamplesOfTheRangeOnceWhateverTheLimit() {
        disk.describe(1);
        disk.append(1, 1, reals(1, 5_000));
        disk.append(1, 2, reals(1, 300));
        long from = 90_000L * 120;
        long to = 90_000L * 4_321;
        List<Sample> expected = disk.all(1).stream().filter(s -> s.time() >= from && s.time() < to).toList();
        assertEquals(4_201 + 181, expected.size());
        for (int limit : new int[] {1_999, 2_048, 4_382, 10_000}) {
            LongLists.assertSame("limit " + limit, expected, flat(disk.pages(1, from, to, limit)));
        }
        assertEquals(List.of(), disk.pages(1, to, from, 10));
        assertEquals(List.of(), disk.pages(99, from, to, 10));
        assertThrows(IllegalArgumentException.class, () -> disk.get().samples(id(1), from, to, 0, 0));
    }

    @Test
    public void aClockThatWentBackKeepsTheOrderOfTheRecords() {
        disk.describe(1);
        List<Sample> samples = new ArrayList<>();
        for (int i = 1; i <= 3_000; i++) {
            samples.add(real(i, i < 1_500 ? 1_000_000 + i : 900_000 + i));
        }
        disk.append(1, 1, samples);
        LongLists.assertSame("all", samples, disk.all(1));
        List<Sample> overlap = samples.stream().filter(s -> s.time() >= 901_600 && s.time() < 1_000_100).toList();
        LongLists.assertSame("overlap", overlap, flat(disk.pages(1, 901_600, 1_000_100, 7)));
    }

    @Test
    public void holdingsCountWhatIsHeldAndWhatIsLost() {
        disk.describe(2);
        List<Sample> samples = new ArrayList<>(reals(1, 10));
        samples.add(gap(11, 30));
        samples.addAll(reals(41, 10));
        disk.append(1, 3, samples);
        Holding expected = new Holding(log(1), 20, 30, 90_000, 90_000 * 50, 3, 50);
        assertEquals(List.of(expected, new Holding(log(2), 0, 0, 0, 0, 0, 0)), disk.get().holdings());
        assertEquals(new Totals(1, 20, 21, 30), disk.get().totals());
        disk.append(1, 4, reals(1, 2_500));
        disk.restart();
        assertEquals(Optional.of(new Holding(log(1), 2_520, 30, 90_000, 90_000 * 2_500, 4, 2_500)),
                disk.get().holding(id(1)));
        assertEquals(Optional.empty(), disk.get().holding(id(99)));
    }

    @Test
    public void theLastDayIsCountedToTheHour() {
        disk.describe(1);
        disk.append(1, 1, reals(1, 100));
        disk.restartAt(NOON.plus(Duration.ofHours(20)));
        disk.append(1, 1, reals(101, 10));
        assertEquals(110, disk.get().totals().lastDay());
        disk.restartAt(NOON.plus(Duration.ofHours(26)));
        assertEquals(10, disk.get().totals().lastDay());
        disk.append(1, 1, reals(111, 5));
        assertEquals(15, disk.get().totals().lastDay());
        disk.restartAt(NOON.plus(Duration.ofDays(30)));
        assertEquals(0, disk.get().totals().lastDay());
        disk.append(1, 1, reals(116, 3));
        disk.restartAt(NOON.plus(Duration.ofDays(2))); // the clock was wrong
        disk.append(1, 1, reals(119, 4));
        assertEquals(4, disk.get().totals().lastDay());
    }

    @Test
    public void descriptionsAndChoicesSurvive() {
        TrendLog bare = new TrendLog(id(2), "", "", "", null, "", ZoneId.of("UTC"), Duration.ofMillis(10), 0);
        disk.get().describe(List.of(log(1), bare));
        TrendLog renamed = new TrendLog(id(1), "Renamed \u2103", "d", "o", null, "percent", ZoneId.of("Asia/Tokyo"),
                Duration.ofHours(1), 4_000_000_000L);
        disk.get().describe(List.of(renamed));
        assertEquals(Optional.empty(), disk.get().chosen(id(1)));
        disk.get().choose(List.of(id(1)), false);
        assertThrows(IllegalArgumentException.class, () -> disk.get().choose(List.of(id(2), id(99)), true));
        disk.restart();
        assertEquals(List.of(renamed, bare), disk.get().holdings().stream().map(Holding::log).toList());
        assertEquals(Optional.of(false), disk.get().chosen(id(1)));
        assertEquals(Optional.empty(), disk.get().chosen(id(2)));
    }

    @Test
    public void saysOnceClosedThatItIsClosed() {
        disk.describe(1);
        disk.get().close();
        assertThrows(ArchiveException.class, () -> disk.append(1, 1, reals(1, 1)));
        assertThrows(ArchiveException.class, () -> disk.all(1));
        assertThrows(ArchiveException.class, () -> disk.get().read(0, 1));
        assertThrows(ArchiveException.class, () -> disk.get().await(0, Duration.ofMinutes(1)));
    }

    @Test
    public void anInterruptedWriterChangesNothingAndDisturbsNobody() {
        disk.describe(1);
        Thread.currentThread().interrupt();
        assertThrows(ArchiveException.class, () -> disk.append(1, 1, reals(1, 1)));
        assertTrue(Thread.interrupted());
        assertEquals(1, disk.append(1, 1, reals(1, 1)));
        assertEquals(Health.Level.OK, disk.get().health().level());
    }

    @Test
    public void aReaderThatIsInterruptedAllTheTimeDisturbsNobody() throws InterruptedException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 4_096));
        List<Throwable> unexpected = Collections.synchronizedList(new ArrayList<>());
        Thread reader = new Thread(() -> {
            for (int i = 0; i < 200; i++) {
                Thread.currentThread().interrupt();
                try {
                    disk.get().samples(id(1), 0, Long.MAX_VALUE, 0, 10);
                } catch (ArchiveException e) {
                    Thread.interrupted(); // as it should be; nothing else may come
                } catch (RuntimeException e) {
                    unexpected.add(e);
                }
            }
        });
        reader.start();
        for (int i = 0; i < 50; i++) {
            assertEquals(10, disk.append(1, 1, reals(4_097 + 10 * i, 10)));
        }
        reader.join(20_000);
        assertFalse(reader.isAlive());
        assertEquals(List.of(), unexpected);
        LongLists.assertSame("all", reals(1, 4_596), disk.all(1));
    }

    private static Sample gap(long sequence, long count) {
        return new Sample(sequence, 77, 0, new Reading.Gap(count, Reading.Gap.Cause.OVERFLOW));
    }
}
