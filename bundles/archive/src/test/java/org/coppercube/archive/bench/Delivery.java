// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.coppercube.archive.bench.Store.Piece;

/** In what order and in which portions samples come in: in rounds, and in each from every log that has something. */
public enum Delivery {

    /** Every eight hours of the logs' own time all that is new: 8 to 24 samples of a log with one to three an hour. */
    SMALL {
        @Override
        int end(Trend trend, int from, int round) {
            return trend.firstNotBefore(trend.time(0) + (round + 1) * EIGHT_HOURS, from);
        }
    },
    /** 480 of every log: what a one-minute log makes in eight hours. */
    OF_480 {
        @Override
        int end(Trend trend, int from, int round) {
            return Math.min(trend.count(), from + 480);
        }
    },
    /** All at once, for a store that cannot do otherwise. */
    BULK {
        @Override
        int end(Trend trend, int from, int round) {
            return trend.count();
        }
    };

    private static final long EIGHT_HOURS = 8 * 360_000;

    /** The first sample of a log that is not delivered in this round. */
    abstract int end(Trend trend, int from, int round);

    /** Part of a figure's name. */
    String label() {
        return this == OF_480 ? "480" : name().toLowerCase(Locale.ROOT);
    }

    /** Appends all there is, one call a round. */
    void deliver(List<Trend> trends, Store store) throws Exception {
        int[] next = new int[trends.size()];
        boolean more = true;
        for (int round = 0; more; round++) {
            more = false;
            List<Piece> pieces = new ArrayList<>();
            for (int log = 0; log < next.length; log++) {
                int end = end(trends.get(log), next[log], round);
                if (end > next[log]) {
                    pieces.add(new Piece(log, next[log], end));
                    next[log] = end;
                }
                more |= next[log] < trends.get(log).count();
            }
            if (!pieces.isEmpty()) {
                store.append(pieces);
            }
        }
    }
}
