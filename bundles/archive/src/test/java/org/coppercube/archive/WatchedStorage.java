// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.derby.impl.io.DirStorageFactory;
import org.apache.derby.io.StorageFile;
import org.apache.derby.io.WritableStorageFactory;

/** Derby's storage in files, watched by a {@link Disk}. */
final class WatchedStorage implements WritableStorageFactory {

    private final WritableStorageFactory files = new DirStorageFactory();
    private Disk disk;

    @Override
    public void init(String home, String databaseName, String tempDirName, String uniqueName) throws IOException {
        disk = databaseName == null ? null : Disk.of(Path.of(databaseName));
        files.init(home, databaseName, tempDirName, uniqueName);
    }

    @Override
    public void shutdown() {
        files.shutdown();
    }

    @Override
    public String getCanonicalName() throws IOException {
        return files.getCanonicalName();
    }

    @Override
    public void setCanonicalName(String name) {
        files.setCanonicalName(name);
    }

    @Override
    public StorageFile newStorageFile(String path) {
        return watched(files.newStorageFile(path));
    }

    @Override
    public StorageFile newStorageFile(String directoryName, String fileName) {
        return watched(files.newStorageFile(directoryName, fileName));
    }

    @Override
    public StorageFile newStorageFile(StorageFile directory, String fileName) {
        return watched(files.newStorageFile(
                directory instanceof WatchedFile watched ? watched.file() : directory, fileName));
    }

    private StorageFile watched(StorageFile file) {
        return disk == null ? file : new WatchedFile(disk, file);
    }

    @Override
    public char getSeparator() {
        return files.getSeparator();
    }

    @Override
    public StorageFile getTempDir() {
        return watched(files.getTempDir());
    }

    @Override
    public boolean isFast() {
        return files.isFast();
    }

    @Override
    public boolean isReadOnlyDatabase() {
        return files.isReadOnlyDatabase();
    }

    @Override
    public boolean supportsRandomAccess() {
        return files.supportsRandomAccess();
    }

    @Override
    public int getStorageFactoryVersion() {
        return files.getStorageFactoryVersion();
    }

    @Override
    public StorageFile createTemporaryFile(String prefix, String suffix) throws IOException {
        return watched(files.createTemporaryFile(prefix, suffix));
    }

    @Override
    public void sync(OutputStream stream, boolean metaData) throws IOException {
        if (stream instanceof WatchedFile.Output output) {
            output.sync();
        } else {
            files.sync(stream, metaData);
        }
    }

    @Override
    public boolean supportsWriteSync() {
        return files.supportsWriteSync();
    }
}
