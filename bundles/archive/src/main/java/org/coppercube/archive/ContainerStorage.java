// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.derby.impl.io.DirStorageFactory;
import org.apache.derby.io.StorageFile;
import org.apache.derby.io.WritableStorageFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Derby's storage in files, but that pages are written twice, so that a power cut tears none: Derby guards its log
 * against that, not its pages, and a database with a torn page it does not open. It sees to the order of what a recovery
 * writes as well ({@link ControlFile}). Derby makes one for each database that it starts, by the public constructor.
 */
public class ContainerStorage implements WritableStorageFactory {

    /** Stands before the path in what Derby calls a database. */
    static final String PREFIX = "coppercube:";

    private static final Logger LOG = LoggerFactory.getLogger(ContainerStorage.class);

    private final WritableStorageFactory files;
    /** Nothing, where Derby only asks after a file or two, as it does at every connection. */
    private HeldPages pages;

    public ContainerStorage() {
        this(new DirStorageFactory());
    }

    /** @param files what is below */
    ContainerStorage(WritableStorageFactory files) {
        this.files = files;
    }

    /**
     * What Derby is to call a database, to keep it in such a storage. Derby looks for the class whenever it starts a
     * database, be it one that died, so its name stays where Derby looks; that is not to be changed without the prefix.
     */
    static String name(Path database) {
        System.getProperties().putIfAbsent("derby.subSubProtocol." + PREFIX.substring(0, PREFIX.length() - 1),
                ContainerStorage.class.getName());
        return PREFIX + database;
    }

    @Override
    public void init(String home, String databaseName, String tempDirName, String uniqueName) throws IOException {
        files.init(home, databaseName, tempDirName, uniqueName);
        if (uniqueName != null) { // the database is to be opened
            pages = new HeldPages(files);
            pages.repair();
        }
    }

    @Override
    public void shutdown() {
        try {
            if (pages != null) {
                pages.close();
            }
        } catch (IOException e) {
            LOG.warn("A page of the archive that could not be written may be damaged ({})", e.toString());
        }
        files.shutdown();
    }

    @Override
    public StorageFile newStorageFile(String path) {
        return guarded(files.newStorageFile(path));
    }

    @Override
    public StorageFile newStorageFile(String directoryName, String fileName) {
        return guarded(files.newStorageFile(directoryName, fileName));
    }

    @Override
    public StorageFile newStorageFile(StorageFile directory, String fileName) {
        return guarded(files.newStorageFile(directory, fileName));
    }

    private StorageFile guarded(StorageFile file) {
        Path path = Path.of(file.getPath());
        Path directory = path.getParent();
        if (pages == null || directory == null) {
            return file;
        }
        if (directory.endsWith(ControlFile.LOG) && ControlFile.NAMES.contains(file.getName())) {
            return ControlFile.guarded(file, files);
        }
        boolean isContainer = directory.endsWith(HeldPages.SEGMENT) && path.toString().endsWith(".dat");
        return isContainer ? new ContainerFile(file, pages) : file;
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
    public char getSeparator() {
        return files.getSeparator();
    }

    @Override
    public StorageFile getTempDir() {
        return files.getTempDir();
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
        return files.createTemporaryFile(prefix, suffix);
    }

    @Override
    public void sync(OutputStream stream, boolean metaData) throws IOException {
        files.sync(stream, metaData);
    }

    @Override
    public boolean supportsWriteSync() {
        return files.supportsWriteSync();
    }
}
