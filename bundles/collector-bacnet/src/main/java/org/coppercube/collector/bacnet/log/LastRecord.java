// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.io.IOException;
import java.net.ProtocolException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.coppercube.collector.bacnet.message.LogRecord;
import org.coppercube.collector.bacnet.message.LogRecords;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Refused;

/** Looks in a device that numbers its records for the last one that is accounted for. Belongs to the loop. */
final class LastRecord {
    private static final int TURNS = 2;

    private final LogBuffer buffer;
    private final Ledger ledger;

    LastRecord(LogBuffer buffer, Ledger ledger) {
        this.buffer = buffer;
        this.ledger = ledger;
    }

    /** Whether it could be recognised. */
    boolean isKnown() {
        return ledger.hasLast();
    }

    /** Its number: others after it may be accounted for that could not be read. */
    long place() {
        return ledger.next() - 1 - ledger.sinceLast();
    }

    /** Whether it is there under its own number: not if something else is, the very same each time. */
    CompletableFuture<Boolean> isInPlace() {
        return !isKnown() ? CompletableFuture.completedFuture(false)
                : at(place()).thenCompose(records -> isInPlace(records, TURNS));
    }

    private CompletableFuture<Boolean> isInPlace(List<LogRecord> seen, int left) {
        boolean another = seen.isEmpty() || ledger.isOther(seen.get(0));
        if (!another || left == 0) {
            return CompletableFuture.completedFuture(!another);
        }
        return at(place()).thenCompose(again -> !again.isEmpty() && !ledger.isOther(again.get(0))
                || again.equals(seen) ? isInPlace(again, left - 1) : CompletableFuture.failedFuture(
                        new ProtocolException("its record " + place() + " is another each time")));
    }

    /** Whether the device gives a record by this number. */
    CompletableFuture<Boolean> isNumber(long number) {
        return at(number).thenApply(records -> !records.isEmpty());
    }

    private CompletableFuture<List<LogRecord>> at(long number) {
        return once(number).thenCompose(records -> records.isEmpty() ? once(number)
                : CompletableFuture.completedFuture(records)); // it may have refused for want of time
    }

    private CompletableFuture<List<LogRecord>> once(long number) {
        return buffer.ask(number, Questions.bySequence(buffer.log(), number, 1), 1).handle((answer, failure) -> {
            if (failure != null) {
                refusal(failure);
            }
            return failure == null && answer.first() == number ? answer.records() : List.of();
        });
    }

    /** The device does not give it; any other failure goes on being thrown, for the next answer may be another. */
    private static void refusal(Throwable failure) {
        IOException cause = LogBuffer.aboutRecords(failure);
        if (!(cause instanceof Refused)) {
            throw new CompletionException(cause);
        }
    }

    /** The number that it has now; 0 if it is not there. */
    CompletableFuture<Long> number(Counts counts) {
        return !isKnown() ? CompletableFuture.completedFuture(0L)
                : ledger.lastTime().isEmpty() ? byPosition(counts) : byTime(counts);
    }

    private CompletableFuture<Long> byTime(Counts counts) {
        LocalDateTime before = ledger.lastTime().get().minusNanos(10_000_000);
        return buffer.read(LogBuffer.ANY, count -> Questions.byTime(buffer.log(), before, count))
                .handle((answer, failure) -> {
                    if (failure != null) {
                        refusal(failure);
                        return byPosition(counts);
                    }
                    int found = ledger.findLast(answer.records());
                    return found >= 0 && answer.first() == LogRecords.UNTOLD ? byPosition(counts)
                            : CompletableFuture.completedFuture(found < 0 ? 0 : answer.first() + found);
                }).thenCompose(step -> step);
    }

    /** By its place in the whole buffer, which can move meanwhile: so it must be there under that number, too. */
    private CompletableFuture<Long> byPosition(Counts counts) {
        return new PlaceSearch(buffer, ledger).from(counts.held()).handle((found, failure) -> {
            if (failure != null) {
                refusal(failure);
            }
            if (failure != null || found.isEmpty()) {
                return CompletableFuture.completedFuture(0L);
            }
            long number = (counts.oldest() + found.get().place() - 2) % Counts.LAST_NUMBER + 1;
            return at(number).thenCompose(records -> ledger.findLast(records) == 0
                    ? CompletableFuture.completedFuture(number) : CompletableFuture.failedFuture(
                            new ProtocolException("its records move while they are looked for")));
        }).thenCompose(step -> step);
    }
}
