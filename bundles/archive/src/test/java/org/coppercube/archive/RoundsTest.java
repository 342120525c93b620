// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

public class RoundsTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    @Test(timeout = 20_000)
    public void theFirstIsMadeAtOnceAndTheNextAfterThePace() throws InterruptedException {
        Rounds slow = new Rounds("slow", LONG, rounds -> said.add("slow"), "");
        assertEquals("slow", next());
        Rounds fast = new Rounds("fast", SHORT, rounds -> said.add("fast"), "");
        for (int i = 0; i < 10; i++) {
            assertEquals("fast", next());
        }
        fast.close(LONG);
        slow.close(LONG);
    }

    @Test(timeout = 20_000)
    public void closingEndsARestAndWaitsForTheRoundInHand() throws InterruptedException {
        Rounds some = new Rounds("some", SHORT, rounds -> {
            said.add("begun");
            assertFalse(rounds.rest(LONG));
            assertFalse(rounds.goesOn());
            said.add("ended");
        }, "");
        assertEquals("begun", next());
        some.close(LONG);
        assertEquals("ended", said.poll());
        assertTrue("there is no other", said.isEmpty());
    }

    @Test(timeout = 20_000)
    public void aRoundThatDoesNotEndInTimeIsInterruptedOnlyWhereThatIsWanted() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Rounds some = new Rounds("some", SHORT, rounds -> {
            try {
                said.add("begun");
                end.await();
                said.add("ended");
            } catch (InterruptedException e) {
                said.add("interrupted");
                throw e;
            }
        }, "It took too long");
        assertEquals("begun", next());
        some.close(SHORT);
        assertTrue(said.isEmpty());
        some.closeOrInterrupt(SHORT);
        assertEquals("interrupted", next());
        some.close(LONG);
    }

    private String next() throws InterruptedException {
        return said.poll(20, TimeUnit.SECONDS);
    }
}
