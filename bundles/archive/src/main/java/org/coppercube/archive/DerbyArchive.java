// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.ArchiveFeed;
import org.coppercube.api.archive.ArchiveIntake;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.Loss;
import org.coppercube.api.archive.Page;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.archive.Totals;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive in Derby. Samples are sealed into {@link Chunk}s of about two thousand; what an append brings goes to one
 * row of the {@link Journal} in one commit, and what is in no chunk yet lies encoded in memory ({@link LogState#head}).
 * {@link Writer} makes one change after the other; readers take the newest committed {@link Contents} and wait for
 * nobody.
 */
final class DerbyArchive implements ArchiveIntake, ArchiveFeed, ArchiveQuery, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DerbyArchive.class);

    private final ArchiveHealth health = new ArchiveHealth();
    private final Database database;
    private final Current current;
    private final Intake intake;
    private final Feed feed;
    private final Query query;
    private final Losses losses;

    /** @throws RuntimeException that says why it cannot be opened; nothing of it is left open then */
    DerbyArchive(Path directory, long journalBytes, Clock clock) {
        try {
            this.database = Database.open(directory);
            this.current = new Current(contents());
        } catch (IOException | SQLException e) {
            throw new ArchiveException("The archive in " + directory + " could not be opened (" + Database.reason(e) + ")",
                    e);
        }
        Chunks chunks = new Chunks(database, health);
        this.intake = new Intake(new Writer(database, current, health), current, new Journal(journalBytes), clock);
        this.feed = new Feed(current, chunks);
        this.query = new Query(current, chunks, clock);
        this.losses = new Losses(database, current);
        Totals totals = query.totals();
        LOG.info("Archive in {} has {} samples of {} logs", directory, totals.samples(), totals.logs());
    }

    @Override
    public Optional<ResumePoint> resumePoint(TrendLogId log) {
        return Optional.ofNullable(current.get().logs().get(log)).map(LogState::now).filter(now -> now.records() > 0)
                .map(now -> new ResumePoint(now.run(), now.sequence(), Optional.ofNullable(now.device())));
    }

    @Override
    public void describe(Collection<TrendLog> logs) {
        intake.describe(logs);
    }

    @Override
    public int append(List<Batch> batches) {
        return intake.append(batches);
    }

    @Override
    public Optional<Boolean> chosen(TrendLogId log) {
        return Optional.ofNullable(current.get().logs().get(log)).map(LogState::chosen);
    }

    @Override
    public void choose(Collection<TrendLogId> logs, boolean archived) {
        intake.choose(logs, archived);
    }

    @Override
    public List<Entry> read(long position, int limit) {
        return feed.read(position, limit);
    }

    @Override
    public long end() {
        return current.get().end();
    }

    @Override
    public boolean await(long position, Duration atMost) throws InterruptedException {
        return feed.await(position, atMost);
    }

    @Override
    public long bookmark(String reader) {
        return current.get().bookmarks().getOrDefault(reader, 0L);
    }

    @Override
    public void moveBookmark(String reader, long position) {
        intake.moveBookmark(reader, position);
    }

    @Override
    public SortedMap<String, Long> bookmarks() {
        return current.get().bookmarks();
    }

    @Override
    public List<Holding> holdings() {
        return query.holdings();
    }

    @Override
    public Optional<Holding> holding(TrendLogId log) {
        return query.holding(log);
    }

    @Override
    public Totals totals() {
        return query.totals();
    }

    @Override
    public List<Loss> losses(LocalDate from, LocalDate to) {
        return losses.between(from, to);
    }

    @Override
    public Page samples(TrendLogId log, long from, long to, long start, int limit) {
        return query.samples(log, from, to, start, limit);
    }

    @Override
    public List<Slice> extremes(TrendLogId log, long from, long to, int maxPoints) {
        return query.extremes(log, from, to, maxPoints);
    }

    /** How it fares; answers at once. */
    Health health() {
        return health.now();
    }

    @Override
    public void close() {
        current.close();
        try {
            database.close();
        } catch (IOException | SQLException e) {
            LOG.warn("The archive did not shut down cleanly ({}); it repairs itself at its next start", e.toString());
        }
    }

    private Contents contents() throws SQLException, IOException {
        try {
            return database.use(connection -> {
                Contents found = Recovery.read(connection, health);
                Losses.recount(connection, found, health);
                return found;
            });
        } catch (SQLException | RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }
}
