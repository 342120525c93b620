// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.coppercube.archive.OldChunks.Oldest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops what need not be kept any longer: what is older than its days, and the oldest of all where there is too much;
 * whole chunks, from the beginning of a log on. One thread at a time.
 */
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final long DAY = TimeUnit.DAYS.toMillis(1) / 10;
    private static final int CUTS_AT_ONCE = 256;
    private static final int CUTS_BY_SIZE = 32;
    private static final int LOGS_AHEAD = 10;

    private final RetentionRules rules;
    private final Database database;
    private final Current current;
    private final Deletion deletion;
    private final ArchiveHealth health;
    private final Clock clock;

    Retention(RetentionRules rules, Database database, Current current, Deletion deletion, ArchiveHealth health,
            Clock clock) {
        this.rules = rules;
        this.database = database;
        this.current = current;
        this.deletion = deletion;
        this.health = health;
        this.clock = clock;
    }

    /**
     * Drops all that can go now.
     *
     * @param passing whether what is too old goes even if a reader has not taken it, because the disk is full
     * @return whether to look again soon
     */
    boolean sweep(boolean passing) throws SQLException, InterruptedException {
        boolean finished = deletion.finish();
        long before = dropped();
        long kept = dropByAge(passing);
        boolean fits = rules.bytes() == 0 || dropBySize();
        long records = dropped() - before;
        if (records > 0) {
            LOG.info("Retention dropped {} records", records);
        }
        health.kept(current.get().bookmarks(), kept);
        health.missed(current.get().bookmarks());
        return !finished || kept > 0 || !fits;
    }

    /** @return how many records that are too old stay for readers */
    private long dropByAge(boolean passing) throws SQLException, InterruptedException {
        if (!rules.haveDays()) {
            return 0;
        }
        OldChunks found;
        do {
            found = tooOld(current.get(), passing);
            deletion.drop(found.cuts());
        } while (!found.cuts().isEmpty());
        return found.kept();
    }

    private OldChunks tooOld(Contents contents, boolean passing) throws SQLException {
        long time = time(contents);
        return database.use(connection -> {
            OldChunks chunks = new OldChunks(connection, now(), contents.bookmarks().lowest(), passing);
            for (LogState log : contents.logs().values()) {
                int days = rules.days(log.log().id());
                if (days > 0 && chunks.cuts().size() < CUTS_AT_ONCE) {
                    chunks.find(log, time - days * DAY);
                }
            }
            return chunks;
        });
    }

    /** @return whether there is no more than there may be */
    private boolean dropBySize() throws SQLException, InterruptedException {
        long excess = database.use(ChunkSpace::read).used() - rules.bytes();
        boolean fits = excess <= 0;
        PriorityQueue<Oldest> oldest = new PriorityQueue<>(Comparator.comparingLong(Oldest::newest));
        if (!fits) {
            add(oldest, current.get().logs().values().stream()
                    .map(log -> new Oldest(log, log.dropped().position(), 0)).toList());
        }
        while (excess > 0 && !oldest.isEmpty()) {
            List<Oldest> next = new ArrayList<>();
            while (next.size() < CUTS_BY_SIZE && !oldest.isEmpty()) {
                next.add(oldest.poll());
            }
            excess -= deletion.drop(next.stream()
                    .map(chunk -> new Cut(chunk.log().log().id(), chunk.position(), true)).toList());
            add(oldest, next);
        }
        return fits;
    }

    /** Adds what comes after these. */
    private void add(PriorityQueue<Oldest> oldest, List<Oldest> before) throws SQLException {
        database.use(connection -> {
            OldChunks chunks = new OldChunks(connection, now(), 0, true);
            for (Oldest each : before) {
                chunks.oldest(each.log(), each.position()).ifPresent(oldest::add);
            }
            return null;
        });
    }

    private long dropped() {
        return current.get().logs().values().stream().mapToLong(log -> log.dropped().records()).sum();
    }

    private long now() {
        return clock.millis() / 10;
    }

    /**
     * Now, as far as the devices bear it out: one log in ten at least has come as far. If our own clock were ahead by
     * itself, years would be dropped that are to be kept.
     */
    private long time(Contents contents) {
        long[] newest = contents.logs().values().stream().map(LogState::now).filter(log -> log.samples() > 0)
                .mapToLong(Progress::latest).sorted().toArray();
        return newest.length == 0 ? now() : Math.min(now(), newest[newest.length - 1 - newest.length / LOGS_AHEAD]);
    }
}
