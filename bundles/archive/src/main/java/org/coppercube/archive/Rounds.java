// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The same work done again and again on a thread of its own, at once for the first time and then at a pace. */
final class Rounds {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /** What is done each time. */
    interface Round {
        /** @param rounds tells whether to go on, before the constructor has returned */
        void make(Rounds rounds) throws InterruptedException;
    }

    /** @param interrupted what to say when it was interrupted, because it did not end in time */
    Rounds(String name, Duration pace, Round round, String interrupted) {
        thread = new Thread(() -> {
            try {
                do {
                    round.make(this);
                } while (rest(pace));
            } catch (InterruptedException e) {
                LOG.warn(interrupted);
            }
        }, name);
        thread.start();
    }

    boolean goesOn() {
        return stop.getCount() > 0;
    }

    /** @return whether it goes on after that; at once, when it does not */
    boolean rest(Duration time) throws InterruptedException {
        return !stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    void awaitEnd() throws InterruptedException {
        stop.await();
    }

    /** Has the round in hand end, and waits for it. */
    void close(Duration atMost) {
        stop.countDown();
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The same, but what is not done by then is interrupted. */
    void closeOrInterrupt(Duration atMost) {
        close(atMost);
        thread.interrupt();
    }
}
