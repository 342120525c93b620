// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.time.Duration;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Those who are reading chunks just now, so that what was dropped is deleted when nobody can be in the middle of it.
 */
final class Readers {

    private final NavigableSet<Long> reading = new TreeSet<>();
    private long newest;

    /** Somebody begins to read. @return his number */
    synchronized long enter() {
        reading.add(++newest);
        return newest;
    }

    synchronized void leave(long reader) {
        reading.remove(reader);
        notifyAll();
    }

    /** Waits for those who have begun before; whoever begins meanwhile waits for nobody. @return whether all left */
    synchronized boolean awaitEarlier(Duration atMost) throws InterruptedException {
        long last = newest;
        long deadline = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); areSomeUpTo(last) && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return !areSomeUpTo(last);
    }

    private boolean areSomeUpTo(long reader) {
        return !reading.isEmpty() && reading.first() <= reader;
    }
}
