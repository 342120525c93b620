// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.coppercube.api.trend.TrendLog;

/**
 * One log as it is after some commit; never changes, so a reader may take its time.
 *
 * @param id its number in the tables
 * @param log what is known of it
 * @param chosen the operator's choice; null when nobody said
 * @param dropped what retention has taken; the other figures are of what is left
 * @param sealed how far the chunks go
 * @param now how far it has got in all
 * @param head the samples after the last chunk, all of one run; they lie in the journal
 */
record LogState(int id, TrendLog log, Boolean chosen, Dropped dropped, Progress sealed, Progress now, List<Block> head) {

    /** So many neighbours of about one size become one block: few objects, and each sample encoded a few times only. */
    private static final int FAN = 8;

    LogState describedAs(TrendLog description) {
        return new LogState(id, description, chosen, dropped, sealed, now, head);
    }

    LogState chosen(boolean choice) {
        return new LogState(id, log, choice, dropped, sealed, now, head);
    }

    /** With one more block at the end. */
    LogState with(Block block, Stretch same) {
        List<Block> blocks = new ArrayList<>(head);
        blocks.add(block);
        for (int from = blocks.size() - FAN; from >= 0; from = blocks.size() - FAN) {
            if (blocks.get(from).count() >= FAN * blocks.get(blocks.size() - 1).count()) {
                break;
            }
            List<Block> tail = blocks.subList(from, blocks.size());
            Block merged = Block.of(open(tail));
            tail.clear();
            tail.add(merged);
        }
        return new LogState(id, log, chosen, dropped, sealed, now.after(same), List.copyOf(blocks));
    }

    /** With everything in chunks. */
    LogState allSealed() {
        return new LogState(id, log, chosen, dropped, now, now, List.of());
    }

    /** Without its first chunks. @param left the chunks' progress, as it is without them */
    LogState without(Dropped gone, Progress left) {
        return new LogState(id, log, chosen, gone, left, head.isEmpty() ? left : left.after(open(head)), head);
    }

    /** With this value of the hash chain at its last chunk. */
    LogState chained(String chain) {
        return new LogState(id, log, chosen, dropped, sealed.chained(chain), now.chained(chain), head);
    }

    int headCount() {
        return (int) (now.records() - sealed.records());
    }

    int headBytes() {
        return head.stream().mapToInt(block -> block.data().length).sum();
    }

    /** The samples of the head that lie at this feed position or after it. */
    Optional<Stretch> headFrom(long position) {
        List<Block> wanted = head.stream().filter(block -> block.last() >= position).toList();
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Stretch stretch = open(wanted);
        return Optional.of(stretch.part(stretch.indexOf(position), stretch.samples().size()));
    }

    /** Blocks that were checked before, or made here, as samples. */
    static Stretch open(List<Block> blocks) {
        List<Stretch> stretches = new ArrayList<>();
        try {
            for (Block block : blocks) {
                stretches.add(block.open());
            }
        } catch (DataFormatException e) {
            throw new IllegalStateException("A block that was whole is not", e);
        }
        return Stretch.join(stretches);
    }
}
