// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** A path of the usual kind whose files are watched by a {@link Disk}. */
final class WatchedPath implements Path {

    private final WatchedFiles files;
    private final Path path;

    WatchedPath(WatchedFiles files, Path path) {
        this.files = files;
        this.path = path;
    }

    static Path plain(Path path) {
        return path instanceof WatchedPath watched ? watched.path : path;
    }

    @Override
    public String toString() {
        return path.toString();
    }

    @Override
    public FileSystem getFileSystem() {
        return new WatchedFileSystem(files);
    }

    @Override
    public boolean isAbsolute() {
        return path.isAbsolute();
    }

    @Override
    public Path getRoot() {
        return files.watched(path.getRoot());
    }

    @Override
    public Path getFileName() {
        return files.watched(path.getFileName());
    }

    @Override
    public Path getParent() {
        return files.watched(path.getParent());
    }

    @Override
    public int getNameCount() {
        return path.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return files.watched(path.getName(index));
    }

    @Override
    public Path subpath(int begin, int end) {
        return files.watched(path.subpath(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return path.startsWith(plain(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return path.endsWith(plain(other));
    }

    @Override
    public Path normalize() {
        return files.watched(path.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return files.watched(path.resolve(plain(other)));
    }

    @Override
    public Path resolve(String other) {
        return files.watched(path.resolve(other));
    }

    @Override
    public Path relativize(Path other) {
        return files.watched(path.relativize(plain(other)));
    }

    @Override
    public URI toUri() {
        return path.toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return files.watched(path.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return files.watched(path.toRealPath(options));
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
            throws IOException {
        return path.register(watcher, events, modifiers);
    }

    @Override
    public int compareTo(Path other) {
        return path.compareTo(plain(other));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WatchedPath watched && watched.path.equals(path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }
}
