// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.derby.io.StorageFile;
import org.apache.derby.io.StorageRandomAccessFile;
import org.apache.derby.shared.common.error.StandardException;

/** One file of Derby's, watched. */
final class WatchedFile implements StorageFile {

    private final Disk disk;
    private final StorageFile file;
    private final Path path;

    WatchedFile(Disk disk, StorageFile file) {
        this.disk = disk;
        this.file = file;
        this.path = Path.of(file.getPath());
    }

    StorageFile file() {
        return file;
    }

    @Override
    public String[] list() {
        return file.list();
    }

    @Override
    public boolean canWrite() {
        return file.canWrite();
    }

    @Override
    public boolean exists() {
        return file.exists();
    }

    @Override
    public boolean isDirectory() {
        return file.isDirectory();
    }

    @Override
    public boolean delete() {
        return file.exists() && succeeds(() -> disk.delete(path, file::delete));
    }

    @Override
    public boolean deleteAll() {
        return file.exists() && succeeds(() -> disk.delete(path, file::deleteAll));
    }

    @Override
    public String getPath() {
        return file.getPath();
    }

    @Override
    public String toString() { // Derby makes paths of it
        return file.getPath();
    }

    @Override
    public String getCanonicalPath() throws IOException {
        return file.getCanonicalPath();
    }

    @Override
    public String getName() {
        return file.getName();
    }

    @Override
    public boolean createNewFile() throws IOException {
        return !file.exists() && disk.create(path, file::createNewFile);
    }

    @Override
    public boolean renameTo(StorageFile newName) {
        StorageFile to = ((WatchedFile) newName).file;
        return succeeds(() -> disk.rename(path, Path.of(to.getPath()), () -> file.renameTo(to)));
    }

    @Override
    public boolean mkdir() {
        return !file.exists() && succeeds(() -> disk.makeDirectory(path, file::mkdir));
    }

    @Override
    public boolean mkdirs() {
        return !file.exists() && succeeds(() -> disk.makeDirectory(path, file::mkdirs));
    }

    @Override
    public StorageFile getParentDir() {
        return file.getParentDir() == null ? null : new WatchedFile(disk, file.getParentDir());
    }

    @Override
    public boolean setReadOnly() {
        return file.setReadOnly();
    }

    @Override
    public OutputStream getOutputStream() throws FileNotFoundException {
        return getOutputStream(false);
    }

    @Override
    public OutputStream getOutputStream(boolean append) throws FileNotFoundException {
        return opened(() -> file.exists() && !append ? disk.setLength(path, 0, () -> new Output(false))
                : disk.createIfMissing(path, () -> new Output(append)));
    }

    @Override
    public InputStream getInputStream() throws FileNotFoundException {
        return file.getInputStream();
    }

    @Override
    public int getExclusiveFileLock() throws StandardException {
        try {
            disk.createIfMissing(path, () -> null);
            byte[] mark = ByteBuffer.allocate(4).putInt(EXCLUSIVE_FILE_LOCK).array();
            disk.write(path, 0, mark, false, () -> null);
            int lock = file.getExclusiveFileLock();
            disk.sync(path, () -> null);
            return lock;
        } catch (IOException e) {
            return NO_FILE_LOCK_SUPPORT; // as Derby itself answers when it cannot write
        }
    }

    @Override
    public void releaseExclusiveFileLock() {
        succeeds(() -> disk.delete(path, () -> {
            file.releaseExclusiveFileLock();
            return true;
        }));
    }

    @Override
    public StorageRandomAccessFile getRandomAccessFile(String mode) throws FileNotFoundException {
        return opened(() -> mode.equals("r") ? file.getRandomAccessFile(mode)
                : disk.createIfMissing(path, () -> new WatchedRandomAccess(disk, path, mode)));
    }

    @Override
    public void limitAccessToOwner() throws IOException {
        file.limitAccessToOwner();
    }

    /** Derby is told of a failure as of any other. */
    private static boolean succeeds(Disk.Action<Boolean> action) {
        try {
            return action.run();
        } catch (IOException e) {
            return false;
        }
    }

    private <T> T opened(Disk.Action<T> opening) throws FileNotFoundException {
        try {
            return opening.run();
        } catch (IOException e) {
            throw new FileNotFoundException(path + " (" + e.getMessage() + ")"); // as Java says it
        }
    }

    /** Writes the file from its beginning or its end. */
    final class Output extends OutputStream {

        private final FileOutputStream out;
        private long at;

        private Output(boolean append) throws IOException {
            this.out = new FileOutputStream(path.toFile(), append);
            this.at = append ? Files.size(path) : 0;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] data, int offset, int length) throws IOException {
            byte[] part = Arrays.copyOfRange(data, offset, offset + length);
            disk.write(path, at, part, false, () -> {
                out.write(part);
                return null;
            });
            at += length;
        }

        void sync() throws IOException {
            disk.sync(path, () -> {
                out.getFD().sync();
                return null;
            });
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
