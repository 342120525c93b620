// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.apache.derby.jdbc.EmbeddedDataSource;

/**
 * The Derby database below the archive's directory, for this process alone. The Derby engine is this bundle's own copy;
 * closing stops all of it, because whatever it leaves running would keep the bundle's classes in memory.
 */
final class Database implements AutoCloseable {

    /** Where Derby keeps its own messages; it reads this only when its engine starts. */
    private static final String ERROR_FILE = "derby.stream.error.file";

    /** 08006: it was shut down now; XJ004: it was not up, because a full disk or the like had stopped it. */
    private static final Set<String> DATABASE_IS_DOWN = Set.of("08006", "XJ004");

    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private final FileChannel lock;
    private final EmbeddedDataSource source;
    private boolean closed;

    private Database(FileChannel lock, EmbeddedDataSource source) {
        this.lock = lock;
        this.source = source;
    }

    /** Opens it, making it first where there is none; a half-made one is thrown away. */
    static Database open(Path directory) throws IOException, SQLException {
        Files.createDirectories(directory);
        FileChannel lock = lock(directory);
        String errorFile = System.getProperty(ERROR_FILE);
        System.setProperty(ERROR_FILE, directory.resolve("derby.log").toString());
        try {
            Path whole = directory.resolve("db");
            Path halfMade = directory.resolve("db.new");
            deleteTree(halfMade);
            if (Files.notExists(whole)) {
                make(halfMade);
                Files.move(halfMade, whole, StandardCopyOption.ATOMIC_MOVE);
                force(directory);
            }
            Database database = new Database(lock, source(whole));
            try (Connection connection = database.connect()) {
                Schema.check(connection);
                connection.rollback();
            }
            return database;
        } catch (IOException | SQLException | RuntimeException e) {
            stopEngine();
            lock.close();
            throw e;
        } finally {
            if (errorFile == null) {
                System.clearProperty(ERROR_FILE);
            } else {
                System.setProperty(ERROR_FILE, errorFile);
            }
        }
    }

    /**
     * A new connection, without automatic commit. It takes no locks for reading and so sees what is not committed yet:
     * a reader asks only for what {@link Contents} told it of.
     */
    Connection connect() throws SQLException {
        gate.readLock().lock();
        try {
            if (closed) { // Derby would start the database again
                throw new SQLException("The archive is closed");
            }
            Connection connection = source.getConnection();
            if (connection.getMetaData().isReadOnly()) {
                // Started again on a full disk, Derby shows the tables as they were before the log was applied
                connection.close();
                shutDown(source(Path.of(source.getDatabaseName())), DATABASE_IS_DOWN);
                throw new SQLException("Nothing can be written to " + source.getDatabaseName()
                        + ": the disk is full or protected");
            }
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
            return connection;
        } finally {
            gate.readLock().unlock();
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        gate.writeLock().lock();
        try (lock) {
            if (!closed) {
                closed = true;
                shutDownAll();
            }
        } finally {
            gate.writeLock().unlock();
        }
    }

    private void shutDownAll() throws SQLException {
        try {
            shutDown(source, DATABASE_IS_DOWN);
        } finally {
            stopEngine();
        }
    }

    private static void make(Path directory) throws SQLException, IOException {
        EmbeddedDataSource source = source(directory);
        source.setCreateDatabase("create");
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            Schema.create(connection);
        }
        source.setCreateDatabase(null);
        shutDown(source, DATABASE_IS_DOWN);
        try (Stream<Path> files = Files.walk(directory)) {
            files.forEach(Database::force);
        }
    }

    private static EmbeddedDataSource source(Path directory) {
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(directory.toString());
        return source;
    }

    private static void stopEngine() throws SQLException {
        shutDown(new EmbeddedDataSource(), Set.of("XJ015"));
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

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel file = FileChannel.open(directory.resolve("archive.lock"),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() != null) {
                return file;
            }
        } catch (OverlappingFileLockException e) {
            file.close();
            throw inUse(directory, e);
        }
        file.close();
        throw inUse(directory, null);
    }

    private static IllegalStateException inUse(Path directory, Throwable cause) {
        return new IllegalStateException("The archive in " + directory
                + " is in use by another process; stop it, or set another directory", cause);
    }

    /** On disk, not only on its way there. */
    private static void force(Path path) {
        StandardOpenOption mode = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteTree(Path top) throws IOException {
        if (Files.exists(top)) {
            try (Stream<Path> all = Files.walk(top)) {
                List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
                for (Path path : deepestFirst) {
                    Files.delete(path);
                }
            }
        }
    }
}
