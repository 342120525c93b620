// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.ArchiveMaintenance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the archive every night, some time after three. It rests as long as it works, so that collecting is
 * not disturbed; what it finds is told by the archive's health.
 */
final class Nightly implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Nightly.class);
    private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long WAIT_MILLIS_TO_CLOSE = 2_000;

    private final ArchiveMaintenance archive;
    private final Clock clock;
    private final Duration look;
    private final LocalTime begin;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param clock local time is that of its zone
     * @param look how often to look at the clock, which may be set meanwhile
     */
    Nightly(ArchiveMaintenance archive, Clock clock, Duration look) {
        this.archive = archive;
        this.clock = clock;
        this.look = look;
        this.begin = LocalTime.of(3, ThreadLocalRandom.current().nextInt(60)); // not all boxes of a host at once
        this.thread = new Thread(this::watch, "archive-nightly");
        thread.start();
    }

    /** What is not done in time ends when the archive is closed: an interrupt would do it harm. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(WAIT_MILLIS_TO_CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            ZonedDateTime next = next();
            while (!stop.await(look.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!ZonedDateTime.now(clock).isBefore(next)) {
                    verify();
                    next = next();
                } else if (next().isBefore(next)) { // the clock was far ahead, and is no longer
                    next = next();
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("Verifying the archive took too long to end and was interrupted; it is done again next night");
        }
    }

    private ZonedDateTime next() {
        ZonedDateTime now = ZonedDateTime.now(clock);
        ZonedDateTime today = now.with(begin);
        return today.isAfter(now) ? today : now.plusDays(1).with(begin);
    }

    private void verify() {
        try {
            Rest rest = new Rest();
            archive.verify(List.of(), (done, all) -> rest.isOver());
        } catch (ArchiveException e) {
            LOG.warn("{}; it is tried again next night", e.getMessage());
        }
    }

    /** Keeps to the pace. */
    private final class Rest {
        private long since = System.nanoTime();

        /** @return false if the rest of the work is to be left */
        boolean isOver() {
            long worked = System.nanoTime() - since;
            if (worked < WORK_NANOS) {
                return true;
            }
            try {
                boolean stopped = stop.await(worked, TimeUnit.NANOSECONDS);
                since = System.nanoTime();
                return !stopped;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
