// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.coppercube.api.archive.Finding;
import org.coppercube.api.trend.Sample;

/** Goes through one log from its first record to its last and compares all that is said of it with its samples. */
final class LogAudit {

    static final String RESTORE = "all other samples are served, restore a backup to have these again";
    /** A log that is broken everywhere does not fill the memory with it. */
    private static final int MOST_FINDINGS = 20;

    private final LogState log;
    private final Claims claims;
    private final LossSums losses = new LossSums();
    private final List<Finding> findings = new ArrayList<>();
    private Progress progress;
    private int damaged;
    private long chunks;

    /** @param claims of the logs before */
    LogAudit(LogState log, Claims claims) {
        this.log = log;
        this.claims = claims;
        Dropped dropped = log.dropped();
        this.progress = new Progress(dropped.records(), dropped.position(), 0, 0, null, 0, 0, 0, 0, dropped.chain());
    }

    /** The next chunk. */
    void add(ChunkRow row) {
        List<String> wrong = new ArrayList<>();
        if (!row.chain().equals(Chain.next(progress.chain(), log.log().id(), row))) {
            wrong.add("it does not follow in the hash chain, so it or what was before it was changed");
        }
        if (row.ordinal() != progress.records()) {
            wrong.add("record " + progress.records() + " should follow");
            progress = before(row);
        }
        progress = after(row, wrong).chained(row.chain());
        chunks++;
        if (!wrong.isEmpty()) {
            damaged++;
        }
        if (damaged <= MOST_FINDINGS) {
            find(row.name(log), wrong);
        }
    }

    /** What is in no chunk yet; and the sums, which say nothing new where chunks are damaged. */
    void end() {
        if (damaged > MOST_FINDINGS) {
            find((damaged - MOST_FINDINGS) + " more chunks of " + log.log().id() + " are damaged");
        }
        compare("sealed", log.sealed());
        if (isWhole()) {
            List<String> wrong = new ArrayList<>();
            log.head().from(0, Times.ALL).ifPresent(head -> follow(head, wrong));
            find("What is not sealed yet of " + log.log().id(), wrong);
            compare("held", log.now());
        }
    }

    /** Whether nothing was found so far, so that sums say something. */
    boolean isWhole() {
        return damaged == 0;
    }

    List<Finding> findings() {
        return findings;
    }

    long chunks() {
        return chunks;
    }

    /** What the gaps amount to. */
    LossSums losses() {
        return losses;
    }

    private void find(String part, List<String> wrong) {
        if (!wrong.isEmpty()) {
            find(part + " is damaged: " + String.join("; ", wrong));
        }
    }

    private void find(String what) {
        findings.add(new Finding(Optional.of(log.log().id()), what, RESTORE));
    }

    private Progress before(ChunkRow first) {
        return new Progress(first.ordinal(), first.block().first() - 1, first.block().run(), first.firstSequence() - 1,
                null, 0, 0, 0, 0, progress.chain());
    }

    private Progress after(ChunkRow row, List<String> wrong) {
        Block block = row.block();
        try {
            if (row.crc() != block.crc(log.id())) {
                throw new DataFormatException("check sum is wrong");
            }
            Stretch stretch = block.open();
            Chunk real = Chunk.of(progress, stretch, block);
            if (stretch.last() != block.last() || stretch.samples().size() != block.count()
                    || row.firstTime() != real.firstTime() || row.lastTime() != real.lastTime()
                    || row.firstSequence() != real.firstSequence() || row.lastSequence() != real.lastSequence()
                    || row.lost() != real.lost() || !real.summary().equals(summary(row))) {
                wrong.add("what its row says of it does not fit its samples");
            }
            follow(stretch, wrong);
            return progress;
        } catch (DataFormatException e) {
            wrong.add(e.getMessage());
            return new Progress(row.ordinal() + block.count(), block.last(), block.run(), row.lastSequence(), null, 0,
                    0, 0, 0, null);
        }
    }

    private void follow(Stretch stretch, List<String> wrong) {
        int run = stretch.run();
        if (stretch.first() <= progress.position()) {
            wrong.add("feed position " + stretch.first() + " comes after " + progress.position());
        }
        claims.claim(log.id(), stretch).ifPresent(shared ->
                wrong.add("another log has feed position " + shared + " as well"));
        if (run < progress.run()) {
            wrong.add("run " + run + " comes after run " + progress.run());
        }
        long next = run == progress.run() ? progress.sequence() + 1 : stretch.samples().get(0).sequence();
        for (Sample sample : stretch.samples()) { // within a run each number is held, or in a gap
            if (sample.sequence() != next) {
                wrong.add("number " + sample.sequence() + " of run " + run + " comes after " + (next - 1));
            }
            next = sample.lastSequence() + 1;
        }
        losses.add(stretch.samples());
        progress = progress.after(stretch);
    }

    private static Summary summary(ChunkRow row) throws DataFormatException {
        try {
            return Summary.decode(row.summary());
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new DataFormatException("its summary is not readable (" + e + ")");
        }
    }

    private void compare(String what, Progress stored) {
        Progress told = log.dropped().records() == 0 ? stored // else the times of gaps count as well
                : stored.without(0, 0, new Times(progress.earliest(), progress.latest()));
        if (isWhole() && !progress.equals(told)) {
            damaged++;
            find("The account of what is " + what + " of " + log.log().id() + " is damaged: it says " + figures(told)
                    + "; the samples say " + figures(progress));
        }
    }

    private static String figures(Progress progress) {
        return progress.records() + " records up to position " + progress.position() + " and number "
                + progress.sequence() + " of run " + progress.run() + ", " + progress.samples() + " samples from "
                + progress.earliest() + " to " + progress.latest() + ", " + progress.lost() + " lost, last sample "
                + progress.device() + ", hash chain " + progress.chain();
    }
}
