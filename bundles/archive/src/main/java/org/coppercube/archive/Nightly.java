// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
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
    private static final Duration WORK = Duration.ofMillis(20);
    private static final Duration WAIT_TO_CLOSE = Duration.ofSeconds(2);

    private final ArchiveMaintenance archive;
    private final Clock clock;
    private final LocalTime begin;
    private final Rounds rounds;
    private ZonedDateTime next;

    /**
     * @param clock local time is that of its zone
     * @param look how often to look at the clock, which may be set meanwhile
     */
    Nightly(ArchiveMaintenance archive, Clock clock, Duration look) {
        this.archive = archive;
        this.clock = clock;
        this.begin = LocalTime.of(3, ThreadLocalRandom.current().nextInt(60)); // not all boxes of a host at once
        this.next = next();
        this.rounds = new Rounds("archive-nightly", look, this::watch,
                "Verifying the archive took too long to end and was interrupted; it is done again next night");
    }

    /** What is not done in time ends when the archive is closed: an interrupt would do it harm. */
    @Override
    public void close() {
        rounds.close(WAIT_TO_CLOSE);
    }

    private void watch(Rounds watch) {
        if (!ZonedDateTime.now(clock).isBefore(next)) {
            verify(watch);
            next = next();
        } else if (next().isBefore(next)) { // the clock was far ahead, and is no longer
            next = next();
        }
    }

    private ZonedDateTime next() {
        ZonedDateTime now = ZonedDateTime.now(clock);
        ZonedDateTime today = now.with(begin);
        return today.isAfter(now) ? today : now.plusDays(1).with(begin);
    }

    private void verify(Rounds watch) {
        try {
            Rest rest = new Rest(watch);
            archive.verify(List.of(), (done, all) -> rest.isOver());
        } catch (ArchiveException e) {
            LOG.warn("{}; it is tried again next night", e.getMessage());
        }
    }

    /** Keeps to the pace. */
    private static final class Rest {
        private final Rounds watch;
        private long since = System.nanoTime();

        Rest(Rounds watch) {
            this.watch = watch;
        }

        /** @return false if the rest of the work is to be left */
        boolean isOver() {
            Duration worked = Duration.ofNanos(System.nanoTime() - since);
            if (worked.compareTo(WORK) < 0) {
                return true;
            }
            try {
                boolean goesOn = watch.rest(worked);
                since = System.nanoTime();
                return goesOn;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
