// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.net.ProtocolException;
import java.util.concurrent.CompletableFuture;

/**
 * Where a device's sequence numbers are, seen from those that are accounted for: it counts on, or its numbers have
 * passed the last there can be and begun again at 1, or it counts anew. Belongs to the loop.
 */
final class Numbering {
    /** A count that is below ours has passed the last number there can be if ours was so near to that. */
    private static final long NEAR_THE_LAST = 1_000_000;

    private final Ledger ledger;
    private final LastRecord lastRecord;
    private final boolean proofDue;
    private Counts counts;
    private boolean below; // what comes next is before the last number there can be, the newest records are past it
    private boolean wrapping; // what is missing went while the numbers began again
    private boolean proving; // the archive's last record is to be read once more
    private boolean proved; // it has been, or cannot be
    private long given = Long.MAX_VALUE; // the device still has this one, though it says that it is overwritten
    private boolean late; // the device has not counted yet what the archive has

    /** @param proofDue whether the archive's last record is to be read once more even if nothing is new */
    Numbering(LogBuffer buffer, Ledger ledger, boolean proofDue) {
        this.proofDue = proofDue;
        this.ledger = ledger;
        this.lastRecord = new LastRecord(buffer, ledger);
    }

    /** The device has been asked for its counts. */
    CompletableFuture<Void> counted(Counts told) {
        counts = told;
        given = Long.MAX_VALUE;
        proving = false;
        if (!counts.areNumbered()) {
            return failed("it does not number its records any more");
        }
        return !counts.hasWrapped() ? placed() : lastRecord.isNumber(Counts.LAST_NUMBER).thenCompose(wrapped -> {
            if (!wrapped) { // its total comes after its record count
                counts = new Counts(counts.total(), counts.total(), false);
            }
            return placed();
        });
    }

    private CompletableFuture<Void> placed() {
        if (counts.held() == 0) {
            return done();
        }
        if (!ledger.isBegun()) {
            below = counts.hasWrapped();
            ledger.begin(counts.oldest());
            return done();
        }
        long made = ledger.next() - 1;
        below = counts.hasWrapped() && made > counts.total();
        if (below ? made < counts.oldest() - 1 && !isNearTheLast(made) : made > counts.total()) {
            return fewerThanOurs(made);
        }
        wrapping |= below;
        proving = !proved && lastRecord.isKnown() && lastRecord.place() >= oldest();
        return done();
    }

    private static boolean isNearTheLast(long number) {
        return Counts.LAST_NUMBER - number <= NEAR_THE_LAST;
    }

    /** Its count is late, and our last record is still there; or it has passed the last number, or counts anew. */
    private CompletableFuture<Void> fewerThanOurs(long made) {
        return lastRecord.isNumber(counts.total()).thenCompose(numbered ->
                numbered ? lastRecord.isInPlace() : failed("it does not number its records")).thenCompose(inPlace -> {
                    late = inPlace;
                    if (late || !isNearTheLast(made)) {
                        return late ? done() : countedAnew();
                    }
                    wrapping = true;
                    ledger.wrap();
                    return done();
                });
    }

    /** Another record came under the number of our last one: the device counts anew if that is so again. */
    CompletableFuture<Void> doubted() {
        return lastRecord.isInPlace().thenCompose(is -> is ? done() : countedAnew());
    }

    /** Our last record is not there under its number: where it has another one now, the history goes on behind it. */
    private CompletableFuture<Void> countedAnew() {
        proved();
        wrapping = false;
        return lastRecord.number(counts).thenAccept(last -> {
            late = last == lastRecord.place();
            if (last == 0) {
                below = counts.hasWrapped();
                ledger.restart(below ? counts.oldest() : 1);
            } else if (!late) {
                renumber(last);
            }
        });
    }

    /** Whether our last record, overwritten to judge by its number, has another one now; then it goes on behind it. */
    CompletableFuture<Boolean> isRenumbered() {
        return lastRecord.number(counts).thenApply(last -> {
            if (last > 0) {
                renumber(last);
            }
            return last > 0;
        });
    }

    private void renumber(long last) {
        ledger.renumber(last + ledger.sinceLast() + 1);
        below = counts.hasWrapped() && last > counts.total();
    }

    /** Whether all is read; on the way there the numbers may begin again at 1. */
    boolean isAtEnd() {
        if (below && ledger.next() > Counts.LAST_NUMBER) {
            below = false;
            ledger.wrap();
        }
        return late || counts.held() == 0 || ledger.next() > last() && !(proofDue && proving);
    }

    /** The number to ask for. */
    long first() {
        return proving ? lastRecord.place() : Math.max(ledger.next(), oldest());
    }

    private long oldest() {
        return Math.min(given, below || !counts.hasWrapped() ? counts.oldest() : 1);
    }

    /** Whether the device counts none before this one any more. */
    boolean isOldest(long number) {
        return number <= oldest();
    }

    /**
     * Whether the history is to begin with a later number than 1, which the device's two counts tell between them: a
     * record made between the one and the other makes that one too late.
     */
    boolean beginsLate() {
        return !ledger.isBegun() && !counts.hasWrapped() && counts.held() > 0 && counts.oldest() > 1;
    }

    /** The history begins with this number if the device gives it, whatever it counts now. */
    void beginsWith(long number) {
        if (beginsLate() && number < counts.oldest()) {
            gives(number);
            ledger.begin(number);
        }
    }

    /** The device gives this one, whatever it counts. */
    void gives(long number) {
        given = number;
    }

    /** What the device has not counted yet comes the next time; else its count could be below ours then. */
    long last() {
        return below ? Counts.LAST_NUMBER : counts.total();
    }

    boolean isProving() {
        return proving;
    }

    /** The archive's last record has been seen, or cannot be. */
    void proved() {
        proved = true;
        proving = false;
    }

    /** Whether what is missing went while the numbers began again; until something of the new ones is read. */
    boolean isWrapping() {
        boolean was = wrapping;
        wrapping &= below;
        return was;
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    private static <T> CompletableFuture<T> failed(String why) {
        return CompletableFuture.failedFuture(new ProtocolException(why));
    }
}
