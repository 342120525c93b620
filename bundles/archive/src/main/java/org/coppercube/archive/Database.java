// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.coppercube.api.archive.ArchiveException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Derby database below the archive's directory, for this process alone. The Derby engine is this bundle's own copy;
 * closing stops all of it, because whatever it leaves running would keep the bundle's classes in memory.
 */
final class Database implements AutoCloseable {

    /** 08006: it was shut down now; XJ004: it was not up, because a full disk or the like had stopped it. */
    private static final Set<String> DATABASE_IS_DOWN = Set.of("08006", "XJ004");

    /** An exception in Derby's own code. */
    private static final String DERBY_FAILED = "XJ001";

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int WAIT_SECONDS_TO_CLOSE = 3;

    /** Whoever uses a connection reads, who closes writes. */
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Path path;
    private final ArchiveDirectory directory;
    private final Path files;
    private final EmbeddedDataSource source;

    private Database(Path path, ArchiveDirectory directory, Path files) {
        this.path = path;
        this.directory = directory;
        this.files = files;
        this.source = source(files);
    }

    static Database open(Path path) throws IOException, SQLException {
        ArchiveDirectory directory = ArchiveDirectory.lock(path);
        EngineMessages messages = new EngineMessages(path);
        try (messages) {
            return open(path, directory);
        }
    }

    private static Database open(Path path, ArchiveDirectory directory) throws IOException, SQLException {
        try {
            Database database = new Database(path, directory, directory.database(Database::make));
            database.use(connection -> {
                Schema.migrate(connection);
                return null;
            });
            return database;
        } catch (IOException | SQLException | RuntimeException | Error e) {
            giveUp(directory, e);
            throw e;
        }
    }

    /** Something done with a connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * Does it with a connection of its own, without automatic commit, and takes back what it did not commit. The
     * connection takes no locks for reading and so sees what is not committed yet: a reader asks only for what
     * {@link Contents} told it of. No connection is kept, because Derby ties the thread that used it last to it, and
     * to all its classes.
     *
     * @throws ArchiveException if this is closed
     */
    <T> T use(Work<T> work) throws SQLException {
        gate.readLock().lock();
        try {
            Connection connection = connect();
            try {
                return work.with(connection);
            } finally {
                end(connection);
            }
        } finally {
            gate.readLock().unlock();
        }
    }

    private Connection connect() throws SQLException {
        if (closed.get()) { // Derby would start the database again
            throw new ArchiveException("The archive is closed; ask again when it is back", null);
        }
        Connection connection = reach();
        if (connection.getMetaData().isReadOnly()) {
            // Started again on a full disk, Derby shows the tables as they were before the log was applied
            connection.close();
            shutDown(source(files), DATABASE_IS_DOWN);
            throw new SQLException("Nothing can be written to " + files + ": the disk is full or protected");
        }
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        return connection;
    }

    private Connection reach() throws SQLException {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            if (!DERBY_FAILED.equals(e.getSQLState())) {
                throw e;
            }
            return reachAnew();
        }
    }

    /** When a checkpoint met a full disk, Derby fails in its own code until all of it starts anew. */
    private synchronized Connection reachAnew() throws SQLException {
        EngineMessages messages = new EngineMessages(path);
        try (messages) {
            try {
                return source.getConnection(); // another thread was here before
            } catch (SQLException e) {
                LOG.debug("Derby is started anew", e);
                stopEngine();
                return source.getConnection();
            }
        }
    }

    /** A connection that ends badly undoes nothing that was done with it. */
    private static void end(Connection connection) {
        try (connection) {
            connection.rollback(); // Derby refuses to close a connection in the middle of a transaction
        } catch (SQLException e) {
            LOG.debug("A connection to the archive was gone before its end", e);
        }
    }

    /** Lets what is being done end, but not for ever, and does nothing more. */
    @Override
    public void close() throws SQLException, IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        boolean idle = isIdleInTime();
        if (!idle) {
            LOG.warn("What was done in the archive did not end within {} s and is broken off, not acknowledged",
                    WAIT_SECONDS_TO_CLOSE);
        }
        try (directory) {
            shutDownAll();
        } finally {
            if (idle) {
                gate.writeLock().unlock();
            }
        }
    }

    private boolean isIdleInTime() {
        try {
            return gate.writeLock().tryLock(WAIT_SECONDS_TO_CLOSE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void shutDownAll() throws SQLException {
        try {
            shutDown(source, DATABASE_IS_DOWN);
        } finally {
            stopEngine();
        }
    }

    private static void giveUp(ArchiveDirectory directory, Throwable cause) {
        try (directory) {
            stopEngine();
        } catch (IOException | SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static void make(Path directory) throws SQLException {
        EmbeddedDataSource source = source(directory);
        source.setCreateDatabase("create");
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            Schema.create(connection);
        }
        source.setCreateDatabase(null);
        shutDown(source, DATABASE_IS_DOWN);
    }

    private static EmbeddedDataSource source(Path directory) {
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(ContainerStorage.name(directory));
        return source;
    }

    private static void stopEngine() throws SQLException {
        shutDown(new EmbeddedDataSource(), Set.of("XJ015"));
    }

    /** What happened at the bottom of it, without the page that Derby prints behind. */
    static String reason(Throwable e) {
        if (e.getCause() != null) {
            return reason(e.getCause());
        }
        if (e instanceof RuntimeException) { // having given up for a reason, Derby stumbles over what it let go
            return "Derby gave up (" + e.getClass().getSimpleName()
                    + "), as it does when the disk is full or a page is damaged; derby.log says which";
        }
        return e.toString().lines().findFirst().orElseThrow().replace(", page dump follows: Hex dump:", "")
                .replace(ContainerStorage.PREFIX, "");
    }

    /** @param success the states by which Derby says that it is now down: it says so by an exception */
    private static void shutDown(EmbeddedDataSource source, Set<String> success) throws SQLException {
        source.setShutdownDatabase("shutdown");
        try {
            source.getConnection().close();
        } catch (SQLException e) {
            if (!success.contains(e.getSQLState())) {
                throw e;
            }
        }
    }
}
