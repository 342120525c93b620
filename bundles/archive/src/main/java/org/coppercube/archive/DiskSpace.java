// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.File;
import java.io.IOException;
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

    /** Not by its FileStore, which is not found where the mount point is out of sight. */
    static Gauge of(Path directory) {
        File file = directory.toFile();
        return () -> {
            DiskSpace space = new DiskSpace(file.getTotalSpace(), file.getUsableSpace());
            if (space.total == 0) {
                throw new IOException("no answer for " + directory);
            }
            return space;
        };
    }

    double percentUsed() {
        return 100.0 * (total - free) / total;
    }
}
