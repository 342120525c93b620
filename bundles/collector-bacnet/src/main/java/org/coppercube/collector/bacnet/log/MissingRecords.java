// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.coppercube.collector.bacnet.message.Failures;

/**
 * Tells records that a device has overwritten from such as an answer passed over, or a count left out. Anybody can
 * answer wrong once, and what counts as lost is never asked for again. Belongs to the loop.
 */
final class MissingRecords {
    private final Ledger ledger;
    private final Numbering numbers;
    private final Doubt doubt;
    private final Supplier<CompletableFuture<Void>> recount;

    /** @param recount asks the device for its counts once more */
    MissingRecords(Ledger ledger, Numbering numbers, Doubt doubt, Supplier<CompletableFuture<Void>> recount) {
        this.ledger = ledger;
        this.numbers = numbers;
        this.doubt = doubt;
        this.recount = recount;
    }

    /**
     * Whether those before this number that are not accounted for are gone: only if the device does not count them when
     * it is asked once more, and gives neither the first nor the last of them.
     */
    CompletableFuture<Boolean> areGoneBefore(long number) {
        long next = ledger.next();
        return recount.get().thenCompose(counted -> !numbers.isOldest(number) ? CompletableFuture.completedFuture(false)
                : isGiven(next).thenCompose(given -> {
                    if (given) {
                        numbers.gives(next);
                    }
                    return given || number - 1 == next ? CompletableFuture.completedFuture(!given)
                            : isGiven(number - 1).thenApply(last -> !last);
                }));
    }

    /** Also not if nothing is answered: there may be devices that have no other word for what they do not have. */
    private CompletableFuture<Boolean> isGiven(long number) {
        return doubt.gives(number).exceptionallyCompose(failure ->
                Failures.cause(failure) instanceof SocketTimeoutException ? CompletableFuture.completedFuture(false)
                        : CompletableFuture.failedFuture(failure));
    }
}
