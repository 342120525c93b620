// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.real;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.archive.Page;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

/** Every run becomes a chunk, so that samples move from memory to chunks all the time and Derby's index grows. */
public class SealingUnderReadersTest {

    private static final int LOGS = 4;
    private static final int RUN = 5;
    private static final int VISITS = 40;
    private static final int RUNS_A_VISIT = 30;

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk(10_000);

    private final ExecutorService readers = Executors.newFixedThreadPool(2);
    private volatile boolean written;

    @Test
    public void noReaderEverSeesAHoleOrADouble() throws Exception {
        disk.describe(LOGS);
        List<Future<Integer>> read = List.of(readers.submit(this::readPages), readers.submit(this::readFeed));
        try {
            for (int visit = 0; visit < VISITS; visit++) {
                write(visit * RUNS_A_VISIT);
            }
        } finally {
            written = true;
            readers.shutdown();
            assertTrue(readers.awaitTermination(20, TimeUnit.SECONDS));
        }
        assertEquals(VISITS * RUNS_A_VISIT * RUN, read.get(0).get().intValue());
        assertEquals(LOGS * VISITS * RUNS_A_VISIT * RUN, read.get(1).get().intValue());
    }

    private void write(int firstRun) {
        List<Batch> visit = new ArrayList<>();
        for (int run = firstRun; run < firstRun + RUNS_A_VISIT; run++) {
            List<Sample> samples = new ArrayList<>();
            for (int sequence = 0; sequence < RUN; sequence++) {
                samples.add(real(sequence, 100L * (run * RUN + sequence)));
            }
            for (int log = 1; log <= LOGS; log++) {
                visit.add(new Batch(id(log), 1 + run, samples));
            }
        }
        assertEquals(LOGS * RUNS_A_VISIT * RUN, disk.get().append(visit));
    }

    /** @return how many samples the last pass found */
    private int readPages() {
        int count;
        boolean last;
        do {
            last = written;
            count = 0;
            for (OptionalLong start = OptionalLong.of(0); start.isPresent();) {
                Page page = disk.get().samples(id(2), 0, Long.MAX_VALUE, start.getAsLong(), 333);
                for (Slice slice : page.slices()) {
                    for (Sample sample : slice.samples()) {
                        assertIsNext(count++, slice.run(), sample);
                    }
                }
                start = page.next();
            }
        } while (!last);
        return count;
    }

    private int readFeed() {
        int[] counts = new int[LOGS + 1];
        int position = 0;
        for (boolean last = false; !last || position < disk.get().end();) {
            last = written;
            for (Entry entry : disk.get().read(position, 1_234)) {
                for (Sample sample : entry.samples()) {
                    assertIsNext(counts[entry.log().id().instance()]++, entry.run(), sample);
                    position++;
                }
                assertEquals(position, entry.position());
            }
        }
        return position;
    }

    private static void assertIsNext(int index, int run, Sample sample) {
        assertEquals(index, (run - 1) * RUN + (int) sample.sequence());
    }
}
