// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that owns all that changes in a network, so that nothing there needs a lock, and two that wait for the
 * archive on its behalf.
 */
public final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final int FAR_BEHIND = 20_000; // tasks that wait, timers among them: a device has one or two

    private final ScheduledThreadPoolExecutor loop;
    private final ThreadPoolExecutor waiting;

    public Loop(String network) {
        String name = "collector-bacnet-" + network;
        loop = new ScheduledThreadPoolExecutor(1, threads(name), new ThreadPoolExecutor.DiscardPolicy());
        loop.setRemoveOnCancelPolicy(true);
        loop.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        waiting = (ThreadPoolExecutor) Executors.newFixedThreadPool(2, threads(name + "-archive"));
        waiting.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> new Thread(task, name + "-" + number.incrementAndGet());
    }

    public void execute(Runnable task) {
        loop.execute(guarded(task));
    }

    /** Does what anybody on the network can ask for in any number. @return false if the loop is too far behind */
    public boolean offer(Runnable task) {
        boolean taken = loop.getQueue().size() < FAR_BEHIND;
        if (taken) {
            execute(task);
        }
        return taken;
    }

    public Future<?> schedule(Runnable task, Duration delay) {
        return loop.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    public void repeat(Runnable task, Duration pace) {
        loop.scheduleWithFixedDelay(guarded(task), pace.toNanos(), pace.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) { // a class may be gone while bundles are exchanged
                LOG.error("A step of collecting went wrong; the next ones go on", e);
            }
        };
    }

    /** Does what may block elsewhere. @return completed in the loop; never, once this is closed */
    public <T> CompletableFuture<T> offload(Supplier<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        waiting.execute(() -> {
            try {
                T result = work.get();
                execute(() -> done.complete(result));
            } catch (RuntimeException | Error e) { // whoever waits must hear of it
                execute(() -> done.completeExceptionally(e));
            }
        });
        return done;
    }

    /** Lets what runs end, drops what waits; interrupts after two and a half seconds. */
    @Override
    public void close() {
        loop.shutdown();
        waiting.shutdown();
        waiting.getQueue().clear();
        try {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2500);
            if (!loop.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS)
                    | !waiting.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                loop.shutdownNow();
                waiting.shutdownNow();
            }
        } catch (InterruptedException e) {
            loop.shutdownNow();
            waiting.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
