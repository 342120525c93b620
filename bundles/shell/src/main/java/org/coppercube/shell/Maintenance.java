// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.coppercube.api.archive.ArchiveMaintenance;
import org.coppercube.api.archive.Watch;

/** What the commands that look after the archive have in common. */
final class Maintenance {

    private static final long PACE = TimeUnit.SECONDS.toNanos(5);

    private Maintenance() {
    }

    static ArchiveMaintenance of(List<ArchiveMaintenance> archives) {
        if (archives.isEmpty()) {
            throw new IllegalStateException("The archive is away; see cube:status");
        }
        return archives.get(0);
    }

    /** A console has no folder of its own that people would know. */
    static Path path(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("\"" + text + "\" must be a whole path, such as /mnt/usb/"
                    + path.getFileName());
        }
        return path;
    }

    /** Tells every few seconds how far it is; ends when somebody presses Ctrl-C. */
    static Watch telling(PrintStream out) {
        long[] told = {System.nanoTime()};
        return (done, all) -> {
            if (System.nanoTime() - told[0] > PACE) {
                told[0] = System.nanoTime();
                out.printf("%d %%%n", 100 * done / Math.max(1, all));
            }
            return !Thread.currentThread().isInterrupted();
        };
    }
}
