// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The face for collectors: it can only add. Any thread may call; calls block for the time of a disk commit.
 * Every method throws {@link ArchiveException} when the archive cannot take it, and then nothing has changed.
 */
@ProviderType
public interface ArchiveIntake {

    /** How far the archive has got with a log; empty when it holds nothing of it. */
    Optional<ResumePoint> resumePoint(TrendLogId log);

    /**
     * Records what is known of these logs. Saying the same again costs nothing. A log that is new takes a place in the
     * archive, as long as there is one.
     */
    void describe(Collection<TrendLog> logs);

    /**
     * Adds samples of any number of logs in one transaction: when this returns, all are on disk; when it throws, none
     * is. What the archive already accounts for (a lower run, or the same run and a sequence number not above the
     * resume point's) is skipped, so repeating a call is harmless; of a gap that begins with what is accounted for, the
     * rest is kept. A new log without a place is passed over.
     *
     * @return how many samples were new
     * @throws IllegalArgumentException if a log was never described
     */
    int append(List<Batch> batches);

    /**
     * Whether the operator chose to archive this log (true) or not to (false); empty when nobody said. False also for a
     * log that is new when the archive's capacity is reached: it is empty again when there is a place.
     */
    Optional<Boolean> chosen(TrendLogId log);

    /**
     * Keeps the operator's choice. {@link ArchiveException} says also that there are not enough places.
     *
     * @throws IllegalArgumentException if a log was never described
     */
    void choose(Collection<TrendLogId> logs, boolean archived);
}
