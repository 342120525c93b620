// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Retention that sweeps all the time, and how to see what it has done. */
final class Sweeps {

    private final ArchiveOnDisk disk;
    private final AtomicInteger asked = new AtomicInteger();
    private final HookedClock clock = new HookedClock();

    Sweeps(ArchiveOnDisk disk) {
        this.disk = disk;
    }

    void keep(int days) {
        start(new RetentionRules(days, List.of(), 0));
    }

    void start(RetentionRules rules) {
        clock.before(asked::incrementAndGet);
        disk.restartWith(clock);
        disk.restartWithin(new Limits(rules, Limits.NONE.disk(), Duration.ofMillis(1), Duration.ofMillis(1)));
    }

    /** Each asks for the time twice. */
    void awaitSome() {
        int before = asked.get();
        until(() -> asked.get() > before + 8);
    }

    long held(int log) {
        return disk.get().holding(id(log)).orElseThrow().samples();
    }

    static void until(BooleanSupplier condition) {
        for (long deadline = System.nanoTime() + 60_000_000_000L; !condition.getAsBoolean(); Thread.onSpinWait()) {
            assertTrue("in time", System.nanoTime() < deadline);
        }
    }

    int fed() {
        return disk.wholeFeed().stream().mapToInt(entry -> entry.samples().size()).sum();
    }
}
