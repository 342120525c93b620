// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.log;
import static org.coppercube.archive.ArchiveOnDisk.real;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.archive.Page;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.Sample;
import org.coppercube.archive.Model.Arrival;
import org.junit.Rule;
import org.junit.Test;

/** Every run becomes a chunk, an hour of a day that is kept, while chunks are made, read and dropped all the time. */
public class RetentionUnderLoadTest {

    private static final int LOGS = 4;
    private static final int RUN = 5;
    private static final int VISITS = 60;
    private static final int RUNS_A_VISIT = 15;
    private static final long HOUR = 360_000;

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk(10_000);

    private final ExecutorService readers = Executors.newFixedThreadPool(3);
    private final Model model = new Model();
    private volatile boolean written;

    @Test
    public void readersSeeEachChunkWholeOrNotAndWhatIsLeftIsWhatIsToBeKept() throws Exception {
        disk.restartWithin(new Limits(new RetentionRules(1, List.of(), 0), Limits.NONE.disk(), Duration.ofMillis(1),
                Duration.ofMillis(1)));
        disk.describe(LOGS);
        disk.get().moveBookmark("sql", 0);
        List<Future<Integer>> reading = List.of(readers.submit(this::follow), readers.submit(this::readPages),
                readers.submit(this::readFromTheBeginning));
        try {
            for (int visit = 0; visit < VISITS; visit++) {
                write(1 + visit * RUNS_A_VISIT);
            }
        } finally {
            written = true;
            readers.shutdown();
            assertTrue(readers.awaitTermination(60, TimeUnit.SECONDS));
        }
        assertEquals("who keeps a bookmark misses nothing", model.all().size(), reading.get(0).get().intValue());
        assertEquals(0, disk.get().missed("sql"));
        assertTrue(reading.get(1).get() > 0);
        assertTrue(reading.get(2).get() > 0);
        long last = (VISITS * RUNS_A_VISIT + 1) * HOUR - HOUR / RUN;
        List<Arrival> kept = model.all().stream()
                .filter(held -> (held.run() + 1) * HOUR - HOUR / RUN >= last - 24 * HOUR).toList();
        until(() -> disk.get().totals().samples() + disk.get().totals().lost() == kept.size());
        compare(kept);
        disk.restart();
        compare(kept);
    }

    private void compare(List<Arrival> kept) {
        Model left = new Model();
        for (Arrival arrival : kept) {
            left.append(List.of(new Batch(arrival.log(), arrival.run(), List.of(arrival.sample()))));
        }
        List<Arrival> fed = new ArrayList<>();
        for (Entry entry : disk.wholeFeed()) {
            entry.samples().forEach(sample -> fed.add(new Arrival(entry.log().id(), entry.run(), sample)));
        }
        LongLists.assertSame("feed", kept, fed);
        assertEquals(model.all().size(), disk.get().end());
        assertEquals(left.losses(LocalDate.MIN, LocalDate.MAX), disk.get().losses(LocalDate.MIN, LocalDate.MAX));
        for (int log = 1; log <= LOGS; log++) {
            LongLists.assertSame("log " + log, left.of(id(log)).stream().map(Arrival::sample).toList(), disk.all(log));
            assertEquals(Optional.of(left.holding(log(log))), disk.get().holding(id(log)));
            assertEquals(model.resumePoint(id(log)), disk.get().resumePoint(id(log)));
        }
    }

    private void write(int firstRun) {
        List<Batch> visit = new ArrayList<>();
        for (int run = firstRun; run < firstRun + RUNS_A_VISIT; run++) {
            List<Sample> samples = new ArrayList<>();
            for (int sequence = 0; sequence < RUN; sequence++) {
                long time = run * HOUR + sequence * (HOUR / RUN);
                samples.add(sequence != 2 ? real(sequence, time)
                        : new Sample(sequence, time, 60, new Reading.Gap(1, Cause.values()[run % 3])));
            }
            for (int log = 1; log <= LOGS; log++) {
                visit.add(new Batch(id(log), run, samples));
            }
        }
        model.append(visit);
        assertEquals(LOGS * RUNS_A_VISIT * RUN, disk.get().append(visit));
    }

    /** @return how many samples there were */
    private int follow() {
        int[] counts = new int[LOGS + 1];
        int position = 0;
        for (boolean last = false; !last || position < disk.get().end();) {
            last = written;
            for (Entry entry : disk.get().read(position, 333)) {
                for (Sample sample : entry.samples()) {
                    assertEquals(counts[entry.log().id().instance()]++, index(entry.run(), sample));
                    position++;
                }
                assertEquals(position, entry.position());
            }
            disk.get().moveBookmark("sql", position);
        }
        return position;
    }

    /** @return how often there was something less at the beginning */
    private int readPages() {
        int dropped = 0;
        long first = 0;
        while (!written) {
            long end = disk.get().resumePoint(id(2)).map(now -> RUN * now.run() - 1L).orElse(-1L);
            Page page = disk.get().samples(id(2), 0, Long.MAX_VALUE, 0, Integer.MAX_VALUE);
            long next = -1;
            for (var slice : page.slices()) {
                for (Sample sample : slice.samples()) {
                    int index = index(slice.run(), sample);
                    if (next < 0) {
                        assertTrue(index + " after " + first, index >= first && index % RUN == 0);
                        dropped += index > first ? 1 : 0;
                        first = index;
                        next = index;
                    }
                    assertEquals("without a hole", next++, index);
                }
            }
            assertTrue(next + " of " + end, next > end - RUN || end < 0);
            disk.get().extremes(id(2), 0, Long.MAX_VALUE, 100);
        }
        return dropped;
    }

    /** @return how often */
    private int readFromTheBeginning() {
        int rounds = 0;
        while (!written) {
            int[] next = new int[LOGS + 1];
            long position = 0;
            for (Entry entry : disk.wholeFeed()) {
                assertTrue(entry.position() - entry.samples().size() >= position);
                position = entry.position();
                for (Sample sample : entry.samples()) {
                    int index = index(entry.run(), sample);
                    assertTrue(index >= next[entry.log().id().instance()]);
                    next[entry.log().id().instance()] = index + 1;
                }
            }
            rounds++;
        }
        return rounds;
    }

    private static int index(int run, Sample sample) {
        return (run - 1) * RUN + (int) sample.sequence();
    }

    private static void until(BooleanSupplier condition) {
        for (long deadline = System.nanoTime() + 60_000_000_000L; !condition.getAsBoolean(); Thread.onSpinWait()) {
            assertTrue("in time", System.nanoTime() < deadline);
        }
    }
}
