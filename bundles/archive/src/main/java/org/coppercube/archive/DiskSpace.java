// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much room a disk has.
 *
 * @param total all of it, in bytes
 * @param free what we may still use, in bytes
 */
record DiskSpace(long total, long free) {

    /** Asks the disk. */
    interface Gauge {
        DiskSpace read() throws IOException;
    }

    static Gauge of(Path directory) {
        return () -> {
            FileStore store = Files.getFileStore(directory);
            return new DiskSpace(store.getTotalSpace(), store.getUsableSpace());
        };
    }

    double percentUsed() {
        return total == 0 ? 0 : 100.0 * (total - free) / total;
    }
}
