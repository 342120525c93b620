// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.log;
import static org.coppercube.archive.ArchiveOnDisk.reals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.Sample;

/** The life of an archive in short: each step is one call, acknowledged when it returns. */
final class Story {

    /** So little that the journal is written anew now and then. */
    static final int JOURNAL_BYTES = 1_500;

    private static final int LOGS = 4;
    private static final int GAP_EVERY = 20;

    /** What a step does besides; most do nothing of it. */
    enum Sort { DESCRIPTION, VISIT, SEALING, BOOKMARK, RESTART }

    /**
     * One call.
     *
     * @param visit what it appends
     * @param bookmark where it moves the bookmark to; 0 to leave it
     */
    record Step(Sort sort, List<Batch> visit, long bookmark) {

        /** Repeating it changes nothing. */
        void tell(DerbyArchive archive) {
            switch (sort) {
                case DESCRIPTION -> archive.describe(List.of(log(1), log(2), log(3), log(4)));
                case VISIT, SEALING -> archive.append(visit);
                case BOOKMARK -> archive.moveBookmark("reader", bookmark);
                case RESTART -> { }
            }
        }
    }

    private final List<Step> steps = new ArrayList<>();
    private final Random random = new Random(20261123);
    private final long[] next = new long[LOGS + 1];
    private int run = 1;

    /** @param rounds how long it is */
    Story(int rounds) {
        Arrays.fill(next, 1);
        steps.add(new Step(Sort.DESCRIPTION, List.of(), 0));
        for (int round = 0; round < rounds; round++) {
            visit();
            visit();
            bookmark(40 + 9_000 * round);
            seal(1, 2_048);
            visit();
            seal(2, 3_300);
            visit();
            seal(2, 3_300);
            steps.add(new Step(Sort.RESTART, List.of(), 0));
            visit();
            run++; // what log 3 had of the run before is sealed
            seal(3, 30);
            bookmark(2_000 + 9_000 * round);
            visit();
            seal(4, 4_500);
            seal(2, 3_300);
            visit();
            seal(2, 3_300);
            seal(2, 3_300);
            seal(2, 3_300);
            visit();
        }
    }

    List<Step> steps() {
        return steps;
    }

    /** What the archive is after so many steps. */
    Picture after(int count) {
        Model model = new Model();
        Map<String, Long> bookmarks = new TreeMap<>();
        for (Step step : steps.subList(0, count)) {
            model.append(step.visit());
            if (step.sort() == Sort.BOOKMARK) {
                bookmarks.put("reader", step.bookmark());
            }
        }
        return Picture.of(model, count > 0 ? LOGS : 0, bookmarks);
    }

    private void bookmark(long position) {
        steps.add(new Step(Sort.BOOKMARK, List.of(), position));
    }

    /** A few samples of every log. */
    private void visit() {
        List<Batch> visit = new ArrayList<>();
        for (int log = 1; log <= LOGS; log++) {
            visit.add(batch(log, 10 + random.nextInt(20)));
        }
        steps.add(new Step(Sort.VISIT, visit, 0));
    }

    /** So many samples of one log that some go to a chunk. */
    private void seal(int log, int count) {
        steps.add(new Step(Sort.SEALING, List.of(batch(log, count)), 0));
    }

    /** Log 2 is noise, which takes as much room in Derby's own log as samples can. */
    private Batch batch(int log, int count) {
        List<Sample> samples = new ArrayList<>();
        for (Sample real : reals(next[log], count)) {
            Reading reading = real.sequence() % GAP_EVERY == 0 ? new Reading.Gap(1, Cause.WRAP)
                    : log == 2 ? new Reading.Double(Double.longBitsToDouble(random.nextLong())) : real.reading();
            samples.add(new Sample(real.sequence(), real.time(), 60, reading));
        }
        next[log] += count;
        return new Batch(id(log), log == 3 ? run : 1, samples);
    }
}
