// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.coppercube.collector.bacnet.message.Damaged;
import org.coppercube.collector.bacnet.message.Failures;
import org.coppercube.collector.bacnet.message.LogRecords;

/**
 * Tells a record that cannot be had from a device that gives none. The record and a neighbour are asked for in turns:
 * only when the neighbour can be had each time, and instead of the record the very same thing comes each time, it is the
 * record. So a device that refuses now and then, or whose answers come damaged for a while, loses none.
 */
final class Doubt {
    private static final int TURNS = 2;

    private final LongFunction<CompletableFuture<LogRecords>> single;

    /** @param single asks the device for a single record; fails if it does not come */
    Doubt(LongFunction<CompletableFuture<LogRecords>> single) {
        this.single = single;
    }

    /** Later records that should be there, up to the last: near and far ones, for many in a row may be bad. */
    static List<Long> later(long record, long last) {
        List<Long> neighbours = new ArrayList<>();
        for (long distance = 1; record + distance < last; distance *= 8) {
            neighbours.add(record + distance);
        }
        if (record < last) {
            neighbours.add(last);
        }
        return neighbours;
    }

    /** As {@link #later}; the one before where it is the last of all. */
    static List<Long> neighbours(long record, long last) {
        return record == last && record > 1 ? List.of(record - 1) : later(record, last);
    }

    /** Whether this is the same thing coming instead of a record. */
    static boolean isSame(IOException cause, IOException other) {
        return kind(cause).equals(kind(other));
    }

    private static String kind(IOException cause) {
        return cause instanceof Damaged damaged ? damaged.bytes() : Failures.message(cause);
    }

    /**
     * Whether it is the record.
     *
     * @param neighbours other records, any of which will do
     * @param cause why the record could not be had; it fails with this when no neighbour can be had either
     */
    CompletableFuture<Boolean> isBad(long record, List<Long> neighbours, IOException cause) {
        if (neighbours.isEmpty()) {
            return CompletableFuture.failedFuture(cause);
        }
        return gives(neighbours.get(0)).thenCompose(given -> given ? turn(record, neighbours.get(0), TURNS, cause)
                : isBad(record, neighbours.subList(1, neighbours.size()), cause));
    }

    private CompletableFuture<Boolean> turn(long record, long neighbour, int left, IOException cause) {
        if (left == 0) {
            return CompletableFuture.completedFuture(true);
        }
        return comesInstead(record, cause).thenCompose(same -> !same ? CompletableFuture.completedFuture(false)
                : gives(neighbour).thenCompose(again -> again ? turn(record, neighbour, left - 1, cause)
                        : CompletableFuture.failedFuture(cause)));
    }

    /** Whether the device gives it. */
    CompletableFuture<Boolean> gives(long record) {
        return single.apply(record).handle((answer, failure) -> {
            if (failure != null) {
                LogBuffer.aboutRecords(failure);
            }
            return failure == null;
        });
    }

    private CompletableFuture<Boolean> comesInstead(long record, IOException cause) {
        return single.apply(record).handle((answer, failure) ->
                failure != null && isSame(LogBuffer.aboutRecords(failure), cause));
    }
}
