// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.List;
import org.coppercube.api.trend.Sample;

/**
 * A sealed stretch of a log: one row, never changed.
 *
 * @param ordinal our own number of its first record, the log's first ever being 0
 * @param block the samples
 * @param firstTime earliest time in it
 * @param lastTime latest time in it
 * @param firstSequence sequence number of its first sample
 * @param lastSequence last sequence number it accounts for
 * @param lost how many records its gaps stand for
 * @param summary what its readings amount to
 */
record Chunk(long ordinal, Block block, long firstTime, long lastTime, long firstSequence, long lastSequence, long lost,
        Summary summary) {

    /** What a row can hold. */
    static final int MOST_BYTES = 32_000;

    /** Seals the samples that come after this progress, as one chunk if they fit. */
    static List<Chunk> seal(Progress before, Stretch stretch) {
        Block block = Block.tight(stretch);
        int count = stretch.samples().size();
        if (block.data().length <= MOST_BYTES || count == 1) {
            return List.of(of(before, stretch, block));
        }
        Stretch half = stretch.part(0, count / 2);
        Stretch otherHalf = stretch.part(count / 2, count);
        List<Chunk> chunks = new ArrayList<>(seal(before, half));
        chunks.addAll(seal(before.after(half), otherHalf));
        return chunks;
    }

    /** One chunk of samples that come after this progress. */
    static Chunk of(Progress before, Stretch stretch, Block block) {
        List<Sample> samples = stretch.samples();
        Times times = stretch.times();
        return new Chunk(before.records(), block, times.first(), times.last(), samples.get(0).sequence(),
                samples.get(samples.size() - 1).lastSequence(), before.after(stretch).lost() - before.lost(),
                Summary.of(samples));
    }
}
