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
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.ArchiveFeed;
import org.coppercube.api.archive.ArchiveIntake;
import org.coppercube.api.archive.ArchiveMaintenance;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.Interval;
import org.coppercube.api.archive.Loss;
import org.coppercube.api.archive.MonthDigest;
import org.coppercube.api.archive.Page;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.archive.RollupPage;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.archive.Totals;
import org.coppercube.api.archive.Transfer;
import org.coppercube.api.archive.Verification;
import org.coppercube.api.archive.Watch;
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
final class DerbyArchive implements ArchiveIntake, ArchiveFeed, ArchiveQuery, ArchiveMaintenance,
        AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DerbyArchive.class);

    private final ArchiveHealth health = new ArchiveHealth();
    private final Places places;
    private final Database database;
    private final Current current;
    private final Intake intake;
    private final Feed feed;
    private final Query query;
    private final Losses losses;
    private final Maintenance maintenance;
    private final Upkeep upkeep;

    /** One that keeps everything. */
    DerbyArchive(Path directory, long journalBytes, Clock clock) {
        this(directory, journalBytes, clock, Limits.NONE, DiskSpace.of(directory));
    }

    /** @throws RuntimeException that says why it cannot be opened; nothing of it is left open then */
    DerbyArchive(Path directory, long journalBytes, Clock clock, Limits limits, DiskSpace.Gauge gauge) {
        this.places = new Places(limits.capacity());
        DiskGuard.makeRoom(directory, limits.disk(), gauge);
        try {
            this.database = Database.open(directory);
            this.current = new Current(contents());
        } catch (IOException | SQLException e) {
            String why = Database.reason(e);
            throw new ArchiveException("The archive in " + directory + " could not be opened (" + why + ")", e);
        }
        Readers readers = new Readers();
        Chunks chunks = new Chunks(database, current, readers, health);
        DiskGuard disk = new DiskGuard(directory, limits.disk(), gauge, database, health);
        Writer writer = new Writer(database, current, health, disk);
        this.intake = new Intake(writer, current, new Journal(journalBytes), clock, disk,
                places);
        this.feed = new Feed(current, chunks);
        this.query = new Query(current, chunks, clock);
        this.losses = new Losses(database, current);
        this.maintenance = new Maintenance(directory, database, current, writer, intake, health, clock);
        Totals totals = query.totals();
        LOG.info("Archive in {} has {} samples of {} logs", directory, totals.samples(), totals.logs());
        health.missed(current.get().bookmarks());
        Deletion deletion = new Deletion(database, writer, current, readers, health);
        this.upkeep = new Upkeep(disk, new Retention(limits.retention(), database, current, deletion, health, clock),
                limits);
        places.health(current.get().logs()).ifPresent(why -> LOG.warn("{}", why.detail()));
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
        Map<TrendLogId, LogState> logs = current.get().logs();
        return Optional.ofNullable(logs.get(log))
                .map(state -> places.leaveOut(state, logs) ? Boolean.FALSE : state.chosen());
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
        return current.get().bookmarks().positions().getOrDefault(reader, 0L);
    }

    @Override
    public void moveBookmark(String reader, long position) {
        intake.moveBookmark(reader, position);
    }

    @Override
    public SortedMap<String, Long> bookmarks() {
        return current.get().bookmarks().positions();
    }

    @Override
    public void forget(String reader) {
        intake.forget(reader);
        health.missed(current.get().bookmarks());
    }

    @Override
    public long missed(String reader) {
        return current.get().bookmarks().missed().getOrDefault(reader, 0L);
    }

    @Override
    public void acknowledge(String reader) {
        intake.acknowledge(reader);
        health.missed(current.get().bookmarks());
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

    @Override
    public Verification verify(Collection<TrendLogId> logs, Watch watch) {
        return maintenance.verify(logs, watch);
    }

    @Override
    public List<MonthDigest> digests(TrendLogId log) {
        return maintenance.digests(log);
    }

    @Override
    public long backup(Path copy) {
        return maintenance.backup(copy);
    }

    @Override
    public Transfer exportTo(Path file, Collection<TrendLogId> logs, long position, Watch watch) {
        return maintenance.exportTo(file, logs, position, watch);
    }

    @Override
    public Transfer importFrom(Path file, Optional<String> site, Watch watch) {
        return maintenance.importFrom(file, site, watch);
    }

    @Override
    public RollupPage rollups(TrendLogId log, long from, long to, Interval interval, int limit) {
        return query.rollups(log, from, to, interval, limit);
    }

    /** How it fares; answers at once. */
    Health health() {
        Health now = health.now();
        return now.level() == Health.Level.OK ? places.health(current.last().logs()).orElse(now) : now;
    }

    @Override
    public void close() {
        current.close();
        upkeep.close();
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
