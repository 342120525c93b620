// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Set;

/** What a {@link WatchedPath} belongs to. */
final class WatchedFileSystem extends FileSystem {

    private static final FileSystem PLAIN = FileSystems.getDefault();

    private final WatchedFiles files;

    WatchedFileSystem(WatchedFiles files) {
        this.files = files;
    }

    @Override
    public FileSystemProvider provider() {
        return files;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("It is as lasting as the file system below it");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return PLAIN.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return PLAIN.getRootDirectories();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return PLAIN.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return PLAIN.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return files.watched(PLAIN.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        return PLAIN.getPathMatcher(pattern);
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return PLAIN.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("Nothing here waits for files");
    }
}
