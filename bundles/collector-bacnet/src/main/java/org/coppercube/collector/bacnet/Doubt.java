// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/**
 * Tells a record that cannot be had from a device that gives none. The record and a neighbour are asked for in turns:
 * only when the neighbour can be had each time and the record never, it is the record. So a device that refuses now and
 * then, or for a while, loses none.
 */
final class Doubt {
    private static final int TURNS = 2;

    private final LongFunction<CompletableFuture<Boolean>> gives;

    /** @param gives asks the device for a single record and tells whether it came */
    Doubt(LongFunction<CompletableFuture<Boolean>> gives) {
        this.gives = gives;
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
        return gives.apply(neighbours.get(0)).thenCompose(given -> given ? turn(record, neighbours.get(0), TURNS, cause)
                : isBad(record, neighbours.subList(1, neighbours.size()), cause));
    }

    private CompletableFuture<Boolean> turn(long record, long neighbour, int left, IOException cause) {
        if (left == 0) {
            return CompletableFuture.completedFuture(true);
        }
        return gives.apply(record).thenCompose(given -> given ? CompletableFuture.completedFuture(false)
                : gives.apply(neighbour).thenCompose(again -> again ? turn(record, neighbour, left - 1, cause)
                        : CompletableFuture.failedFuture(cause)));
    }
}
