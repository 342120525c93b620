// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.BitSet;
import java.util.OptionalLong;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.archive.Stretch.Piece;

/**
 * The feed positions that logs have, to find one that two of them have. Of a long history it is the newest only, more
 * than a week of the largest capacity: older ones were looked at when they were new, and the hash chains keep them.
 */
final class Claims {

    /** Eight megabytes of bits. */
    static final int MOST = 1 << 26;

    private final long from;
    private final long end;
    private final BitSet claimed;
    private int claimant;
    private long known;

    /** @param end the newest position; what comes later is left to the next verification */
    Claims(long end) {
        this.from = Math.max(0, end - MOST);
        this.end = end;
        this.claimed = new BitSet((int) (end - from));
    }

    /**
     * One log after the other claims the positions of its samples, in their order. What it has claimed already it may
     * claim again.
     *
     * @return one that another log has claimed
     */
    OptionalLong claim(int log, Stretch stretch) {
        if (log != claimant) {
            claimant = log;
            known = 0;
        }
        OptionalLong shared = OptionalLong.empty();
        int index = 0;
        for (Piece piece : stretch.pieces()) {
            for (long position = piece.first(); position <= piece.last(); position++) {
                Sample sample = stretch.samples().get(index++);
                if (position > Math.max(known, from) && position <= end && !mayShare(sample)) {
                    int bit = (int) (position - from - 1);
                    shared = claimed.get(bit) ? OptionalLong.of(position) : shared;
                    claimed.set(bit);
                }
            }
        }
        known = Math.max(known, stretch.last());
        return shared;
    }

    /** What damage took may have left its gap at a position that another log has. */
    private static boolean mayShare(Sample sample) {
        return sample.reading() instanceof Reading.Gap gap && gap.cause() == Reading.Gap.Cause.ARCHIVE_DAMAGED;
    }
}
