// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Looks in a device that numbers its records for the last one that is accounted for. Belongs to the loop. */
final class LastRecord {
    private final LogBuffer buffer;
    private final Ledger ledger;

    LastRecord(LogBuffer buffer, Ledger ledger) {
        this.buffer = buffer;
        this.ledger = ledger;
    }

    /** Whether it could be recognised: not if those that came last could not be read. */
    boolean isKnown() {
        return ledger.hasLast() && ledger.sinceLast() == 0;
    }

    /** Whether it is there under its own number. */
    CompletableFuture<Boolean> isInPlace() {
        return isKnown() ? at(ledger.next() - 1).thenApply(records -> ledger.findLast(records) == 0)
                : CompletableFuture.completedFuture(false);
    }

    /** Whether the device gives a record by this number. */
    CompletableFuture<Boolean> isNumber(long number) {
        return at(number).thenApply(records -> !records.isEmpty());
    }

    private CompletableFuture<List<LogRecord>> at(long number) {
        return buffer.ask(number, Questions.bySequence(buffer.log(), number, 1), 1).handle((answer, failure) -> {
            if (failure != null) {
                LogBuffer.aboutRecords(failure);
            }
            return failure == null && answer.first() == number ? answer.records() : List.of();
        });
    }

    /** The number that it has now, found by its time; 0 if it is not there. */
    CompletableFuture<Long> number() {
        if (ledger.lastTime().isEmpty() || !isKnown()) {
            return CompletableFuture.completedFuture(0L);
        }
        LocalDateTime before = ledger.lastTime().get().minusNanos(10_000_000);
        return buffer.read(LogBuffer.ANY, count -> Questions.byTime(buffer.log(), before, count))
                .handle((answer, failure) -> {
                    if (failure != null) {
                        LogBuffer.aboutRecords(failure);
                        return 0L;
                    }
                    int found = ledger.findLast(answer.records());
                    return found < 0 || answer.first() == LogRecords.UNTOLD ? 0 : answer.first() + found;
                });
    }
}
