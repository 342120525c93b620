// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Bounds what all devices of a network together can make us hold, whatever they tell. Belongs to the loop. */
final class Bounds {
    static final int MOST_LOGS = 20_000;
    private static final int MOST_KEPT = 20_000; // values of descriptions that are not finished
    private static final int MOST_AT_ONCE = 16; // descriptions in progress; one may grow to some megabytes

    private final Duration strangersStay;
    private final Duration silentStay;
    private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private boolean beginning;
    private int atOnce;
    private int logs;
    private int kept;

    /**
     * @param strangersStay how long we remember who was announced and never answered
     * @param silentStay how long, when there is no room, who answered and has no log that is archived
     */
    Bounds(Duration strangersStay, Duration silentStay) {
        this.strangersStay = strangersStay;
        this.silentStay = silentStay;
    }

    Duration strangersStay() {
        return strangersStay;
    }

    Duration silentStay() {
        return silentStay;
    }

    /** Does it when it is its turn. */
    <T> CompletableFuture<T> inTurn(Supplier<CompletableFuture<T>> work) {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        CompletableFuture<T> result = turn.thenCompose(now -> work.get()); // fails with whatever that throws
        result.whenComplete((done, failure) -> {
            atOnce--;
            begin();
        });
        waiting.add(turn);
        begin();
        return result;
    }

    private void begin() {
        if (beginning) {
            return; // what is done at once does not begin the next one from within
        }
        beginning = true;
        while (atOnce < MOST_AT_ONCE && !waiting.isEmpty()) {
            atOnce++;
            waiting.remove().complete(null);
        }
        beginning = false;
    }

    /** Whether one value more may be kept of what a device has told until it has told all. */
    boolean keep() {
        boolean may = kept < MOST_KEPT;
        kept += may ? 1 : 0;
        return may;
    }

    /** So many are not kept any longer. */
    void release(int values) {
        kept -= values;
    }

    /** A device has so many logs and would like so many. @return how many it may have */
    int logs(int has, int wanted) {
        int granted = Math.min(wanted, MOST_LOGS - logs + has);
        logs += granted - has;
        return granted;
    }
}
