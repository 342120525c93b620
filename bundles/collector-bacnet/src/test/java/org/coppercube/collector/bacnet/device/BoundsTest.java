// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.Test;

public class BoundsTest {
    private final Bounds bounds = new Bounds(Duration.ZERO, Duration.ZERO);

    @Test
    public void soManyAtOnceAndTheOthersInTurn() {
        List<CompletableFuture<Integer>> begun = new ArrayList<>();
        List<CompletableFuture<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            results.add(bounds.inTurn(() -> {
                begun.add(new CompletableFuture<>());
                return begun.get(begun.size() - 1);
            }));
        }
        assertEquals(16, begun.size());
        begun.get(3).complete(3);
        begun.get(5).completeExceptionally(new IllegalStateException("one that fails"));
        assertEquals(18, begun.size());
        assertEquals(Integer.valueOf(3), results.get(3).join());
        assertEquals(2, results.stream().filter(CompletableFuture::isDone).count());
        for (int i = 0; i < begun.size(); i++) {
            begun.get(i).complete(i);
        }
        assertEquals(40, results.stream().filter(CompletableFuture::isDone).count());
    }

    @Test
    public void anErrorEndsTheTurnOfTheOneThatMadeItOnly() {
        List<CompletableFuture<Integer>> results = new ArrayList<>();
        CompletableFuture<Integer> first = new CompletableFuture<>();
        results.add(bounds.inTurn(() -> first));
        CompletableFuture<Integer> others = new CompletableFuture<>();
        for (int i = 1; i < 16; i++) {
            results.add(bounds.inTurn(() -> others));
        }
        for (int i = 0; i < 20; i++) {
            results.add(bounds.inTurn(() -> {
                throw new NoClassDefFoundError("exchanged");
            }));
        }
        first.complete(1);
        assertEquals("it has its result", Integer.valueOf(1), results.get(0).getNow(null));
        assertEquals(20, results.stream().filter(CompletableFuture::isCompletedExceptionally).count());
        assertEquals("there is room", Integer.valueOf(2),
                bounds.inTurn(() -> CompletableFuture.completedFuture(2)).getNow(null));
    }

    @Test
    public void fiveThousandThatAreDoneAtOnce() {
        CompletableFuture<Integer> first = new CompletableFuture<>();
        List<CompletableFuture<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            int number = i;
            results.add(bounds.inTurn(() -> number < 16 ? first : CompletableFuture.completedFuture(number)));
        }
        first.complete(1);
        assertEquals(5_000, results.stream().filter(one -> !one.isCompletedExceptionally() && one.isDone()).count());
    }

    @Test
    public void soManyLogsAndWhatOneGivesBackAnotherMayHave() {
        assertEquals(15_000, bounds.logs(0, 15_000));
        assertEquals(5_000, bounds.logs(0, 6_000));
        assertEquals(0, bounds.logs(0, 1));
        assertEquals(14_000, bounds.logs(15_000, 14_000));
        assertEquals(1_000, bounds.logs(0, 1_001));
    }
}
