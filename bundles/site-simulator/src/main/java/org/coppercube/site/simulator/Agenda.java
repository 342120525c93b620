// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** What the network's thread has to do later, in real time. For that thread only. */
final class Agenda {

    private record Task(long due, long number, Runnable work) {
    }

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::number));
    private final long start = System.nanoTime();
    private long number;

    void after(long millis, Runnable work) {
        tasks.add(new Task(now() + TimeUnit.MILLISECONDS.toNanos(millis), number++, work));
    }

    /** Does the next thing that is due, if there is one. */
    boolean work() {
        if (tasks.isEmpty() || tasks.peek().due > now()) {
            return false;
        }
        tasks.poll().work.run();
        return true;
    }

    /** Milliseconds until something is due, at least 1; 0 if there is nothing to do. */
    long pause() {
        return tasks.isEmpty() ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(tasks.peek().due - now() + 999_999));
    }

    /** Real time since the program's start. */
    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(now());
    }

    private long now() {
        return System.nanoTime() - start;
    }
}
