// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.CallableStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.coppercube.api.archive.ArchiveException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies the database while it is written to. A copy has its name when it is whole and on disk, not before. */
final class Backup {

    private static final Logger LOG = LoggerFactory.getLogger(Backup.class);
    /** What collecting may need while a copy is made. */
    private static final long ROOM = 64L << 20;

    private final ReentrantLock one = new ReentrantLock();
    private final Database database;
    private final Current current;
    private final Path archive;
    private final ToLongFunction<Path> free;

    /** @param free how many bytes there is room for in a directory */
    Backup(Database database, Current current, Path archive, ToLongFunction<Path> free) {
        this.database = database;
        this.current = current;
        this.archive = archive.toAbsolutePath().normalize();
        this.free = free;
    }

    /** @return all samples up to this feed position are in it */
    long make(Path wanted) {
        Path directory = wanted.toAbsolutePath().normalize();
        Path half = directory.resolveSibling(directory.getFileName() + ".part");
        if (!one.tryLock()) {
            throw new ArchiveException("Another backup is being made; wait until it is done", null);
        }
        try {
            require(!directory.startsWith(archive), directory + " lies in the archive itself; name another directory");
            require(Files.notExists(directory), directory + " is there already, and a backup overwrites nothing; name"
                    + " another directory, or delete it");
            require(Files.notExists(half), half + " is what is left of a backup that was broken off; delete it");
            require(Files.isDirectory(directory.getParent()), directory.getParent()
                    + " is no directory; make it first");
            requireRoom(directory.getParent());
            long position = current.get().end();
            make(directory, half);
            LOG.info("Backup in {} has all samples up to position {}", directory, position);
            return position;
        } catch (IOException e) {
            throw new ArchiveException("The archive could not be copied to " + directory + " (" + e
                    + "); nothing of it is left there", e);
        } finally {
            one.unlock();
        }
    }

    private void make(Path directory, Path half) throws IOException {
        Files.createDirectory(half);
        boolean whole = false;
        try {
            database.use(connection -> {
                try (CallableStatement copy = connection.prepareCall("CALL SYSCS_UTIL.SYSCS_BACKUP_DATABASE(?)")) {
                    copy.setString(1, half.toString());
                    return copy.execute();
                }
            });
            ArchiveDirectory.forceTree(half);
            Files.move(half, directory, StandardCopyOption.ATOMIC_MOVE);
            ArchiveDirectory.force(directory.getParent());
            whole = true;
        } catch (SQLException e) {
            throw new IOException(Database.reason(e), e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            if (!whole) {
                ArchiveDirectory.deleteTree(half);
            }
        }
    }

    private void requireRoom(Path parent) {
        long needed = ROOM + bytes(archive.resolve("db").toFile());
        long there = free.applyAsLong(parent);
        require(there >= needed, parent + " has room for " + there / 1_000_000 + " MB, and a backup needs "
                + needed / 1_000_000 + "; make room, or name a directory on another disk");
    }

    /** Files may come and go meanwhile. */
    private static long bytes(File file) {
        File[] inside = file.listFiles();
        return inside == null ? file.length() : Arrays.stream(inside).mapToLong(Backup::bytes).sum();
    }

    static long freeBytes(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require(boolean rule, String sentence) {
        if (!rule) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
