// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be done in an open archive from time to time: a look at the disk, dropping what need not be kept. */
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration WAIT_TO_CLOSE = Duration.ofSeconds(3);
    /** When not all could be done, it is tried again after so small a part of the pace. */
    private static final int SOON = 180;

    private final DiskGuard disk;
    private final Retention retention;
    private final Limits limits;
    private final Rounds rounds;
    private long due = System.nanoTime();
    private boolean passing;
    private String trouble = "";

    Upkeep(DiskGuard disk, Retention retention, Limits limits) {
        this.disk = disk;
        this.retention = retention;
        this.limits = limits;
        this.rounds = new Rounds("archive-upkeep", limits.lookPace(), this::keepUp,
                "The upkeep of the archive took too long to stop and was interrupted; the next one goes on");
    }

    @Override
    public void close() {
        rounds.closeOrInterrupt(WAIT_TO_CLOSE);
    }

    private void keepUp(Rounds upkeep) throws InterruptedException {
        try {
            disk.keepUp(upkeep::goesOn);
            if (disk.isStopped() != passing || System.nanoTime() - due >= 0) {
                passing = disk.isStopped();
                due = System.nanoTime() + limits.sweepPace().dividedBy(SOON).toNanos();
                if (!retention.sweep(passing)) {
                    due = System.nanoTime() + limits.sweepPace().toNanos();
                }
            }
            trouble = "";
        } catch (IOException | SQLException | RuntimeException | Error e) { // or nobody would hear of it
            tell(e, upkeep);
        }
    }

    private void tell(Throwable e, Rounds upkeep) {
        String what = e.toString();
        if (upkeep.goesOn() && !what.equals(trouble)) { // said once, not every ten seconds
            LOG.warn("The archive's upkeep failed ({}); trying again", what);
        }
        trouble = what;
    }
}
