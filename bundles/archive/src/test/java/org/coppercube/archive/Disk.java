// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory of which every change is known: {@link WatchedPath} brings what the archive itself does there,
 * {@link WatchedStorage} what Derby does. A change is kept in the order in which it came, and may be refused.
 */
final class Disk implements AutoCloseable {

    /** Derby makes the storage of a database itself, from the name of its class: it finds its disk here. */
    private static final Map<Path, Disk> DISKS = new ConcurrentHashMap<>();

    enum Kind { CREATE, DIRECTORY, WRITE, LENGTH, SYNC, RENAME, DELETE }

    /**
     * One change.
     *
     * @param path of what is changed, below the disk's directory
     * @param to its new path, when it is renamed; else empty
     * @param at where the data is written, or the new length
     * @param data what is written
     * @param synced whether the data is on the medium when the write returns
     * @param during for what it was done
     */
    record Change(Kind kind, String path, String to, long at, byte[] data, boolean synced, String during) {
    }

    /** The change itself. */
    interface Action<T> {
        T run() throws IOException;
    }

    /** Is asked before every change. */
    interface Guard {
        /** @throws IOException to refuse it */
        void before(Change change) throws IOException;
    }

    private final Path root;
    private final List<Change> changes = new ArrayList<>();
    private volatile Guard guard = change -> { };

    Disk(Path directory) throws IOException {
        this.root = directory.toRealPath();
        System.setProperty("derby.subSubProtocol.coppercube", WatchedContainers.class.getName());
        DISKS.put(root, this);
    }

    /** @return null for what nobody watches: Derby asks for more than its database */
    static Disk of(Path path) {
        for (Path above = path.toAbsolutePath(); above != null; above = above.getParent()) {
            Disk disk = DISKS.get(above);
            if (disk != null) {
                return disk;
            }
        }
        return null;
    }

    Path root() {
        return root;
    }

    /** The same directory, for an archive that is to be watched. */
    Path watched() {
        return new WatchedFiles(this).watched(root);
    }

    void guard(Guard other) {
        guard = other;
    }

    synchronized List<Change> changes() {
        return List.copyOf(changes);
    }

    synchronized int count() {
        return changes.size();
    }

    /** One change after the other, so that the order in which they are kept is the true one. */
    private synchronized <T> T change(Change change, Action<T> action) throws IOException {
        guard.before(change);
        T result = action.run();
        changes.add(change);
        return result;
    }

    <T> T create(Path file, Action<T> action) throws IOException {
        return change(plain(Kind.CREATE, file), action);
    }

    /** Does it as the creation of a file only where there is none yet. */
    <T> T createIfMissing(Path file, Action<T> action) throws IOException {
        return Files.exists(file) ? action.run() : create(file, action);
    }

    <T> T makeDirectory(Path directory, Action<T> action) throws IOException {
        return change(plain(Kind.DIRECTORY, directory), action);
    }

    <T> T write(Path file, long at, byte[] data, boolean synced, Action<T> action) throws IOException {
        return change(new Change(Kind.WRITE, name(file), "", at, data, synced, purpose()), action);
    }

    <T> T setLength(Path file, long length, Action<T> action) throws IOException {
        return change(new Change(Kind.LENGTH, name(file), "", length, new byte[0], false, purpose()), action);
    }

    <T> T sync(Path file, Action<T> action) throws IOException {
        return change(plain(Kind.SYNC, file), action);
    }

    <T> T rename(Path from, Path to, Action<T> action) throws IOException {
        return change(new Change(Kind.RENAME, name(from), name(to), 0, new byte[0], false, purpose()), action);
    }

    <T> T delete(Path file, Action<T> action) throws IOException {
        return change(plain(Kind.DELETE, file), action);
    }

    @Override
    public void close() {
        DISKS.remove(root);
    }

    private Change plain(Kind kind, Path path) {
        return new Change(kind, name(path), "", 0, new byte[0], false, purpose());
    }

    private String name(Path path) {
        return root.relativize(path.toAbsolutePath().normalize()).toString();
    }

    /** The moments in which a fault would hurt most; the stack knows them, whatever Derby writes at which time. */
    private static String purpose() {
        return StackWalker.getInstance().walk(frames -> frames
                .map(frame -> switch (frame.getMethodName()) {
                    case "make" -> frame.getClassName().equals(Database.class.getName()) ? "first boot" : "";
                    case "clearJournalIfLarge" -> "journal rewriting";
                    case "moveBookmark" -> "bookmark";
                    case "describe" -> "description";
                    case "append" -> frame.getClassName().equals(DerbyArchive.class.getName()) ? "append" : "";
                    case "contents" -> "start";
                    case "open" -> frame.getClassName().equals(Database.class.getName()) ? "start" : "";
                    case "close" -> frame.getClassName().equals(Database.class.getName()) ? "closing" : "";
                    case "performWork" -> "checkpoint";
                    default -> "";
                }).filter(name -> !name.isEmpty()).findFirst().orElse("other"));
    }
}
