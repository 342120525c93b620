// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.coppercube.collector.bacnet.Await;
import org.junit.After;
import org.junit.Test;

public class LoopTest {
    private final Loop loop = new Loop("test");

    @After
    public void close() {
        loop.close();
    }

    @Test
    public void whoeverWaitsHearsOfAnErrorToo() {
        CompletableFuture<Object> done = loop.offload(() -> {
            throw new NoClassDefFoundError("gone");
        });
        Await.until("it is told", done::isCompletedExceptionally);
    }

    @Test
    public void anErrorDoesNotEndWhatIsDoneAgainAndAgain() {
        AtomicInteger times = new AtomicInteger();
        loop.repeat(() -> {
            times.incrementAndGet();
            throw new NoClassDefFoundError("gone");
        }, Duration.ofMillis(1));
        Await.until("it is done again", () -> times.get() > 1);
    }

    @Test
    public void aFloodFromOutsideDoesNotFillTheMemory() {
        CountDownLatch held = new CountDownLatch(1);
        AtomicInteger offered = new AtomicInteger();
        AtomicInteger own = new AtomicInteger();
        loop.execute(() -> {
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 0; i < 50_000; i++) {
            loop.offer(offered::incrementAndGet);
        }
        loop.execute(own::incrementAndGet);
        held.countDown();
        Await.until("all is done", () -> own.get() == 1);
        assertTrue(offered + " were taken", offered.get() > 10_000 && offered.get() <= 20_000);
    }

    @Test(timeout = 60_000)
    public void closingWaitsForTheArchiveNoLongerThanItMay() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        loop.offload(() -> {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
            return null;
        });
        asked.await();
        loop.close();
        Await.until("it is interrupted last", () -> interrupted.get() == 1);
    }
}
