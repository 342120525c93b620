// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be done in an open archive from time to time: a look at the disk, dropping what need not be kept. */
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final int WAIT_SECONDS_TO_CLOSE = 3;
    /** When not all could be done, it is tried again after so small a part of the pace. */
    private static final int SOON = 180;

    private final DiskGuard disk;
    private final Retention retention;
    private final Limits limits;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "archive-upkeep");
    private String trouble = "";

    Upkeep(DiskGuard disk, Retention retention, Limits limits) {
        this.disk = disk;
        this.retention = retention;
        this.limits = limits;
        thread.start();
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(WAIT_SECONDS_TO_CLOSE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        long due = System.nanoTime();
        boolean passing = false;
        try {
            do {
                try {
                    disk.keepUp(() -> stop.getCount() > 0);
                    if (disk.isStopped() != passing || System.nanoTime() - due >= 0) {
                        passing = disk.isStopped();
                        due = System.nanoTime() + limits.sweepPace().dividedBy(SOON).toNanos();
                        if (!retention.sweep(passing)) {
                            due = System.nanoTime() + limits.sweepPace().toNanos();
                        }
                    }
                    trouble = "";
                } catch (IOException | SQLException | RuntimeException | Error e) { // or nobody would hear of it
                    tell(e);
                }
            } while (!stop.await(limits.lookPace().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            LOG.warn("The upkeep of the archive took too long to stop and was interrupted; the next one goes on");
        }
    }

    private void tell(Throwable e) {
        String what = e.toString();
        if (stop.getCount() > 0 && !what.equals(trouble)) { // said once, not every ten seconds
            LOG.warn("The archive's upkeep failed ({}); trying again", what);
        }
        trouble = what;
    }
}
