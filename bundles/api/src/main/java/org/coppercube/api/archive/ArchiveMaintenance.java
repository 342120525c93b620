// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.coppercube.api.trend.TrendLogId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The face for whoever looks after the archive. All of it works while samples are collected and read, in bounded
 * memory, and may take minutes. Any thread may call. Every method throws {@link ArchiveException} when the archive
 * cannot do it now.
 */
@ProviderType
public interface ArchiveMaintenance {

    /**
     * Goes through all that is stored and compares it with itself: check sums, hash chain, samples with what is said
     * of them, numbers without a hole, losses with their sums. It changes nothing; what it finds is also told by the
     * archive's health.
     *
     * @param logs the logs wanted; none for all
     * @throws IllegalArgumentException naming a log that is not known
     */
    Verification verify(Collection<TrendLogId> logs, Watch watch);

    /** The digests of a log, month by month; none for a log of which nothing is sealed, or that nobody knows. */
    List<MonthDigest> digests(TrendLogId log);

    /**
     * Copies the archive into a new directory. It has its name when all of it is on disk; before, and if that never
     * comes, it is called {@code NAME.part}, and is no backup.
     *
     * @param directory must not be there yet; the one above it must
     * @return all samples up to this feed position are in it, and maybe later ones
     * @throws IllegalArgumentException naming a directory that is there already, or is too small
     */
    long backup(Path directory);
}
