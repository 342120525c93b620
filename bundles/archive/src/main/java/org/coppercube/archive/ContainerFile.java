// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.derby.io.StorageFile;
import org.apache.derby.io.StorageRandomAccessFile;
import org.apache.derby.shared.common.error.StandardException;

/** The file of a container of Derby's: a table or an index. */
final class ContainerFile implements StorageFile {

    private final StorageFile file;
    private final HeldPages pages;

    ContainerFile(StorageFile file, HeldPages pages) {
        this.file = file;
        this.pages = pages;
    }

    @Override
    public StorageRandomAccessFile getRandomAccessFile(String mode) throws FileNotFoundException {
        return new OpenContainer(file, mode, pages);
    }

    @Override
    public boolean delete() {
        pages.forget(getName());
        return file.delete();
    }

    @Override
    public boolean deleteAll() {
        pages.forget(getName());
        return file.deleteAll();
    }

    @Override
    public boolean renameTo(StorageFile name) {
        try {
            return settled().renameTo(name instanceof ContainerFile container ? container.file : name);
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    @Override
    public InputStream getInputStream() throws FileNotFoundException {
        return settled().getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws FileNotFoundException {
        return settled().getOutputStream();
    }

    @Override
    public OutputStream getOutputStream(boolean append) throws FileNotFoundException {
        return settled().getOutputStream(append);
    }

    /** The file itself, when nothing of it is anywhere else. */
    private StorageFile settled() throws FileNotFoundException {
        try {
            pages.settle();
            return file;
        } catch (IOException e) {
            throw (FileNotFoundException) new FileNotFoundException(file + " (" + e.getMessage() + ")").initCause(e);
        }
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
    public String getPath() {
        return file.getPath();
    }

    @Override
    public String toString() { // Derby makes paths of it
        return file.toString();
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
        return file.createNewFile();
    }

    @Override
    public boolean mkdir() {
        return file.mkdir();
    }

    @Override
    public boolean mkdirs() {
        return file.mkdirs();
    }

    @Override
    public StorageFile getParentDir() {
        return file.getParentDir();
    }

    @Override
    public boolean setReadOnly() {
        return file.setReadOnly();
    }

    @Override
    public int getExclusiveFileLock() throws StandardException {
        return file.getExclusiveFileLock();
    }

    @Override
    public void releaseExclusiveFileLock() {
        file.releaseExclusiveFileLock();
    }

    @Override
    public void limitAccessToOwner() throws IOException {
        file.limitAccessToOwner();
    }
}
