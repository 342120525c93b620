// SPDX-License-Identifier: Apache-2.0
package org.coppercube.itests;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, never for time. */
final class Await {

    private Await() {
    }

    /** Generous: the machine may be busy with other things. */
    static void until(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 90 s: " + what);
            }
            LockSupport.parkNanos(50_000_000);
        }
    }
}
