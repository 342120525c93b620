// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

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
record LogState(int id, TrendLog log, Boolean chosen, Dropped dropped, Progress sealed, Progress now, Head head) {

    LogState describedAs(TrendLog description) {
        return new LogState(id, description, chosen, dropped, sealed, now, head);
    }

    LogState chosen(boolean choice) {
        return new LogState(id, log, choice, dropped, sealed, now, head);
    }

    /** With one more block at the end, which this row of the journal takes. */
    LogState with(Block block, Stretch same, long row) {
        return new LogState(id, log, chosen, dropped, sealed, now.after(same), head.with(block, same, row));
    }

    /** With the head as it was found, or written in another way, and how far the log has got with it. */
    LogState with(Head unsealed, Progress progress) {
        return new LogState(id, log, chosen, dropped, sealed, progress, unsealed);
    }

    /** With everything in chunks. */
    LogState allSealed() {
        return new LogState(id, log, chosen, dropped, now, now, Head.NONE);
    }

    /** Without its first chunks. @param left the chunks' progress, as it is without them */
    LogState without(Dropped gone, Progress left) {
        return new LogState(id, log, chosen, gone, left, head.isEmpty() ? left : left.after(head.open()), head);
    }

    /** With this value of the hash chain at its last chunk. */
    LogState chained(String chain) {
        return new LogState(id, log, chosen, dropped, sealed.chained(chain), now.chained(chain), head);
    }

    int headCount() {
        return (int) (now.records() - sealed.records());
    }
}
