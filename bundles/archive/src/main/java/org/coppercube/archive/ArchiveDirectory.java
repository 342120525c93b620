// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The archive's directory, locked for us, and in it the database, whole or not at all. */
final class ArchiveDirectory implements Closeable {

    private final Path path;
    private final FileChannel lock;

    private ArchiveDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws IllegalStateException if somebody else has locked it */
    static ArchiveDirectory lock(Path path) throws IOException {
        Files.createDirectories(path);
        FileChannel file = FileChannel.open(path.resolve("archive.lock"),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = isLocked(file);
        } finally {
            if (!locked) {
                file.close();
            }
        }
        if (!locked) {
            throw new IllegalStateException("The archive in " + path
                    + " is in use by another process; stop it, or set another directory");
        }
        return new ArchiveDirectory(path, file);
    }

    /** Makes an empty database in a directory that does not exist yet. */
    interface Maker {
        void make(Path directory) throws IOException, SQLException;
    }

    /** Where the database is; it is made first where there is none, and a half-made one is thrown away. */
    Path database(Maker maker) throws IOException, SQLException {
        Path whole = path.resolve("db");
        Path halfMade = path.resolve("db.new");
        deleteTree(halfMade);
        if (Files.notExists(whole)) {
            Files.createDirectory(halfMade); // Derby, where it cannot, makes a database named null wherever it stands
            Files.delete(halfMade);
            maker.make(halfMade);
            forceTree(halfMade);
            Files.move(halfMade, whole, StandardCopyOption.ATOMIC_MOVE);
            force(path);
        }
        return whole;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) { // the bundle we replace still has it
            return false;
        }
    }

    static void forceTree(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            all.forEach(ArchiveDirectory::force);
        }
    }

    /** On disk, not only on its way there. */
    static void force(Path path) {
        StandardOpenOption mode = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void deleteTree(Path top) throws IOException {
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
