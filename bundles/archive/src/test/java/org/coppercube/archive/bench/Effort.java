// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Time that has passed, by the clock and by the processor. The processor's is that of this process and of all it
 * started that have ended since: a server counts once it has been stopped.
 *
 * @param clock by the clock, seconds
 * @param processor seconds of all processors together
 */
public record Effort(double clock, double processor) {

    /** Up to now. */
    public static Effort now() throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Effort(System.nanoTime() / 1e9, system.getProcessCpuTime() / 1e9 + ended());
    }

    /** Since then. */
    public Effort since() throws IOException {
        Effort now = now();
        return new Effort(now.clock - clock, now.processor - processor);
    }

    /** Fields 16 and 17, cutime and cstime, in 1/100 s; the second field, in parentheses, may hold anything. */
    private static double ended() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0;
    }
}
