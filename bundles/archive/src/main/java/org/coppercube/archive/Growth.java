// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.List;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;

/** One log in the course of one append: nothing of this is seen by anybody before the commit. */
final class Growth {

    /** A head that has so many samples is sealed. */
    static final int SEALED_SAMPLES = 2_048;
    /** A head that has so many bytes is sealed before the next block. */
    static final int SEALED_BYTES = 30_000;

    private final List<Chunk> chunks = new ArrayList<>();
    private final List<Block> fresh = new ArrayList<>();
    private final LossSums losses = new LossSums();
    private final long row;
    private LogState state;

    /** @param row number of the journal row that is to take what is new */
    Growth(LogState before, long row) {
        this.state = before;
        this.row = row;
    }

    LogState state() {
        return state;
    }

    /** What is to be written as chunks. */
    List<Chunk> chunks() {
        return chunks;
    }

    /** What is to be written to the journal: new and in no chunk. */
    List<Block> fresh() {
        return fresh;
    }

    /** What is lost besides. */
    LossSums losses() {
        return losses;
    }

    /** Adds what is not known yet, from this feed position on. @return how many samples that were */
    int add(Batch batch, long first) {
        List<Sample> samples = unknown(batch);
        losses.add(samples);
        if (!samples.isEmpty() && batch.run() != state.now().run()) {
            seal();
        }
        for (int done = 0; done < samples.size();) {
            if (state.headCount() >= SEALED_SAMPLES) {
                seal();
            }
            int room = Math.min(SEALED_SAMPLES - state.headCount(), samples.size() - done);
            Stretch stretch = new Stretch(batch.run(), first + done, samples.subList(done, done + room));
            Block block = Block.packed(stretch);
            while (block.data().length > SEALED_BYTES) {
                stretch = stretch.part(0, requireDivisible(batch, stretch) / 2);
                block = Block.packed(stretch);
            }
            if (!state.head().isEmpty() && state.head().bytes() + block.data().length > SEALED_BYTES) {
                seal();
            } else {
                state = state.with(block, stretch, row);
                fresh.add(block);
                done += block.count();
            }
        }
        if (state.headCount() >= SEALED_SAMPLES) {
            seal();
        }
        return samples.size();
    }

    private List<Sample> unknown(Batch batch) {
        if (batch.run() > state.now().run()) {
            return batch.samples();
        }
        if (batch.run() < state.now().run()) {
            return List.of();
        }
        return batch.samples().stream().filter(sample -> sample.lastSequence() > state.now().sequence())
                .map(this::unknown).toList();
    }

    /** Of a gap that begins with what is known, what is not: it would be neither held nor lost. */
    private Sample unknown(Sample sample) {
        long next = state.now().sequence() + 1;
        return sample.sequence() >= next ? sample : new Sample(next, sample.time(), sample.offset(),
                sample.timeSource(), sample.flags(),
                new Reading.Gap(sample.lastSequence() - next + 1, ((Reading.Gap) sample.reading()).cause()));
    }

    private void seal() {
        if (!state.head().isEmpty()) {
            Stretch head = state.head().open();
            chunks.addAll(Chunk.seal(state.sealed(), head));
            state = state.allSealed();
            fresh.clear();
        }
    }

    private static int requireDivisible(Batch batch, Stretch stretch) {
        int count = stretch.samples().size();
        if (count == 1) {
            throw new IllegalArgumentException("Sample " + stretch.samples().get(0).sequence() + " of " + batch.log()
                    + " is larger than the " + SEALED_BYTES + " bytes that one sample may take");
        }
        return count;
    }
}
