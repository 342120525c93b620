// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out which chunks are old. A chunk is as old as its newest sample. One from a clock that was ahead of ours is as
 * old as the one after it, in which the clock is right again: it would stay for ever, and with it all that follow.
 */
final class OldChunks {

    private static final int CHUNKS_A_CUT = 16;

    private final ChunkIndex index;
    private final long now;
    private final long taken;
    private final boolean passing;
    private final List<Cut> cuts = new ArrayList<>();
    private long kept;

    /**
     * @param now hundredths since 1970
     * @param taken feed position that all readers have reached
     * @param passing whether what is too old goes even beyond it
     */
    OldChunks(Connection connection, long now, long taken, boolean passing) {
        this.index = new ChunkIndex(connection);
        this.now = now;
        this.taken = taken;
        this.passing = passing;
    }

    /** What of that which was found can go. */
    List<Cut> cuts() {
        return cuts;
    }

    /** How many records of it cannot, because a reader has not taken them. */
    long kept() {
        return kept;
    }

    /** Finds what is older than this in one log. */
    void find(LogState log, long time) throws SQLException {
        Found found = new Found(log, time);
        index.visit(log, log.dropped().position(), found);
        found.cut();
        if (found.held > 0) {
            kept += index.recordsUpTo(log, found.held) - index.recordsUpTo(log, found.free);
        }
    }

    /** The oldest chunk of a log after this position. */
    Optional<Oldest> oldest(LogState log, long after) throws SQLException {
        Oldest[] oldest = {null};
        index.visit(log, after, (position, newest) -> {
            oldest[0] = new Oldest(log, position, Math.min(now, newest));
            return newest > now;
        });
        return Optional.ofNullable(oldest[0]);
    }

    /**
     * One chunk, and any from a clock that was ahead before it.
     *
     * @param log whose it is
     * @param position feed position of its last sample
     * @param newest time of its newest sample
     */
    record Oldest(LogState log, long position, long newest) {
    }

    private final class Found implements ChunkIndex.Visitor {
        private final LogState log;
        private final long time;
        private long free;
        private long held;
        private int chunks;

        Found(LogState log, long time) {
            this.log = log;
            this.time = time;
            this.free = log.dropped().position();
        }

        @Override
        public boolean visit(long position, long newest) {
            if (newest <= now && newest < time) {
                if (passing || position <= taken) {
                    free = position;
                    chunks++;
                    if (chunks == CHUNKS_A_CUT) {
                        cut();
                    }
                } else {
                    held = position;
                }
            }
            return newest > now || newest < time;
        }

        private void cut() {
            if (chunks > 0) {
                cuts.add(new Cut(log.log().id(), free, passing));
                chunks = 0;
            }
        }
    }
}
