// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.coppercube.collector.bacnet.message.LogRecord;
import org.coppercube.collector.bacnet.message.Questions;

/**
 * Looks for the last record that is accounted for, from a place in the buffer towards the oldest end: a buffer that is
 * full moves that way while it is looked through. Belongs to the loop.
 */
final class PlaceSearch {
    /**
     * Where it is.
     *
     * @param place index of that record in the buffer
     * @param behind the records that were read behind it
     */
    record Found(long place, List<LogRecord> behind) {
    }

    private static final int MOST_SEARCHES = 100;
    private static final int MOST_BLIND = 3;

    private final LogBuffer buffer;
    private final Ledger ledger;
    private int searches;
    private int blind; // records in a row that could not be read

    PlaceSearch(LogBuffer buffer, Ledger ledger) {
        this.buffer = buffer;
        this.ledger = ledger;
    }

    /** Looks at this place and before it; empty if it is nowhere. */
    CompletableFuture<Optional<Found>> from(long place) {
        if (++searches > MOST_SEARCHES) {
            return failed("its records are not in the same order twice");
        }
        return look(place).thenCompose(found -> found.isPresent() ? CompletableFuture.completedFuture(found)
                : look(place)); // it may have come damaged: all that the buffer holds would be archived twice for that
    }

    private CompletableFuture<Optional<Found>> look(long place) {
        blind = 0;
        return window(place);
    }

    private CompletableFuture<Optional<Found>> window(long upTo) {
        if (upTo < 1) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return buffer.read(LogBuffer.ANY, count -> Questions.byPosition(buffer.log(), first(upTo, count),
                (int) (upTo - first(upTo, count) + 1))).handle((answer, failure) -> {
                    if (failure != null) {
                        IOException cause = LogBuffer.aboutRecords(failure);
                        if (ledger.isLast(cause)) {
                            return CompletableFuture.completedFuture(Optional.of(new Found(upTo, List.of())));
                        }
                        return ++blind > MOST_BLIND ? CompletableFuture.<Optional<Found>>failedFuture(cause)
                                : window(upTo - 1);
                    }
                    blind = 0;
                    long first = first(upTo, answer.asked());
                    List<LogRecord> records = answer.records();
                    long wanted = upTo - first + 1;
                    if (!records.isEmpty() && records.size() < wanted) {
                        buffer.gaveOnly(records.size());
                        return window(upTo);
                    }
                    if (records.size() != wanted) {
                        return failed("it does not give the records " + first + " to " + upTo + " of its buffer");
                    }
                    int found = ledger.findLast(records);
                    return found < 0 ? window(first - 1) : CompletableFuture.completedFuture(
                            Optional.of(new Found(first + found, records.subList(found + 1, records.size()))));
                }).thenCompose(step -> step);
    }

    private static long first(long last, int count) {
        return Math.max(1, last - count + 1);
    }

    private static CompletableFuture<Optional<Found>> failed(String why) {
        return CompletableFuture.failedFuture(new ProtocolException(why));
    }
}
