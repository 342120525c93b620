// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.ArchiveFeed;
import org.coppercube.api.archive.ArchiveIntake;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.Page;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.archive.Totals;
import org.coppercube.api.health.Health;
import org.coppercube.api.health.HealthCheck;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive in Derby. Samples are sealed into {@link Chunk}s of about two thousand; what an append brings goes to one
 * row of the {@link Journal} in one commit, and what is in no chunk yet lies encoded in memory ({@link LogState#head}).
 * {@link Writer} makes one change after the other; readers take the newest committed {@link Contents} and wait for
 * nobody.
 */
@Component(service = {ArchiveIntake.class, ArchiveFeed.class, ArchiveQuery.class, HealthCheck.class}, immediate = true,
        configurationPid = "org.coppercube.archive", property = HealthCheck.NAME + "=archive")
@Designate(ocd = DerbyArchive.Config.class)
public final class DerbyArchive implements ArchiveIntake, ArchiveFeed, ArchiveQuery, HealthCheck, AutoCloseable {

    @ObjectClassDefinition(name = "Archive", description = "Where samples are kept.")
    public @interface Config {
        @AttributeDefinition(required = false,
                description = "Directory of the archive; empty for the directory archive below the appliance's data.")
        String directory() default "";
    }

    private static final Logger LOG = LoggerFactory.getLogger(DerbyArchive.class);

    private final Database database;
    private final Current current;
    private final ArchiveHealth health;
    private final Writer writer;
    private final Intake intake;
    private final Feed feed;
    private final Query query;

    @Activate
    public DerbyArchive(BundleContext context, Config config) {
        this(directory(context::getProperty, config.directory()), Journal.MOST_BYTES, Clock.systemUTC());
    }

    DerbyArchive(Path directory, long journalBytes, Clock clock) {
        this.health = new ArchiveHealth();
        try {
            this.database = Database.open(directory);
            this.current = new Current(contents());
        } catch (IOException | SQLException e) {
            throw new ArchiveException("The archive in " + directory + " could not be opened: " + e.getMessage(), e);
        }
        Chunks chunks = new Chunks(database, health);
        this.writer = new Writer(database, current, health);
        this.intake = new Intake(writer, current, new Journal(journalBytes), clock);
        this.feed = new Feed(current, chunks);
        this.query = new Query(current, chunks, clock);
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
        return current.await(position, atMost);
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
    public Page samples(TrendLogId log, long from, long to, long start, int limit) {
        return query.samples(log, from, to, start, limit);
    }

    @Override
    public List<Slice> extremes(TrendLogId log, long from, long to, int maxPoints) {
        return query.extremes(log, from, to, maxPoints);
    }

    @Override
    public Health check() {
        return health.now();
    }

    @Deactivate
    @Override
    public void close() {
        writer.close();
        try {
            database.close();
        } catch (IOException | SQLException e) {
            LOG.warn("The archive did not shut down cleanly ({}); it repairs itself at its next start", e.toString());
        }
    }

    private Contents contents() throws SQLException, IOException {
        try (Connection connection = database.connect()) {
            Contents contents = Recovery.read(connection, health);
            connection.rollback();
            return contents;
        } catch (SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    static Path directory(UnaryOperator<String> property, String configured) {
        String data = Optional.ofNullable(property.apply("cube.data")).orElseGet(() -> property.apply("karaf.data"));
        Path below = Path.of(configured.isBlank() ? "archive" : configured.strip());
        if (data == null && !below.isAbsolute()) {
            throw new IllegalArgumentException("directory is \"" + configured
                    + "\"; it must be absolute where cube.data and karaf.data are not set");
        }
        return data == null ? below : Path.of(data).toAbsolutePath().resolve(below);
    }
}
