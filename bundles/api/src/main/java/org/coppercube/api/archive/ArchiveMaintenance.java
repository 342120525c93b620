// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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

    /**
     * Writes logs into a file that another archive can import (docs/export-format.md). Its bytes depend on the samples
     * and on what is known of the logs, not on when or how often they arrived together; a log without a sample up to
     * the position is left out.
     *
     * @param logs the logs wanted; none for all
     * @param position samples that arrived later are left out; {@link ArchiveFeed#end} or more for all
     * @param file must not be there yet; it has its name when all of it is on disk, and is called {@code NAME.part}
     *        before
     * @throws IllegalArgumentException naming a file that is there already, or a log that is not known
     * @throws java.util.concurrent.CancellationException if it was ended by who watches it; no file is left
     */
    Transfer exportTo(Path file, Collection<TrendLogId> logs, long position, Watch watch);

    /**
     * Takes in what another archive exported. The whole file is checked before anything changes. Of each log the file
     * and this archive may have the same samples or one of them more at the end; so a repeated import adds nothing.
     *
     * @param site the site that all logs are to be of instead of that in the file; empty to leave it
     * @throws IllegalArgumentException naming what in the file is damaged or does not fit; nothing has changed then
     * @throws java.util.concurrent.CancellationException if it was ended by who watches it; what was imported stays,
     *         and another import goes on from there
     */
    Transfer importFrom(Path file, Optional<String> site, Watch watch);
}
