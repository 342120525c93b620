// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The face for whoever follows: all samples of all logs in the order of their arrival, from any position, however old.
 * Nobody ever sees position 8 before 7 is on disk. Any thread may call. Every method throws {@link ArchiveException}
 * when the archive cannot answer now.
 */
@ProviderType
public interface ArchiveFeed {

    /**
     * The next samples after a position, oldest first, without a hole between them but for what retention has dropped.
     * Where a part of the archive is damaged, a {@code Reading.Gap} for all of its records has their last position, and
     * their others are empty.
     *
     * @param position 0 to start from the beginning
     * @param limit at most so many samples in all; an entry is cut where the limit falls
     * @return empty when there is nothing newer
     */
    List<Entry> read(long position, int limit);

    /** Position of the newest sample; 0 when the archive is empty. */
    long end();

    /** Waits until something is newer than the position. @return whether there is */
    boolean await(long position, Duration atMost) throws InterruptedException;

    /** Where a reader has got to; 0 for one that is not known. */
    long bookmark(String reader);

    /**
     * Keeps where a reader has got to; on disk when this returns. It may go back, for a replay. What lies after the
     * lowest of all bookmarks is dropped only when there is no room to keep it, and then {@link #missed} counts it.
     */
    void moveBookmark(String reader, long position);

    /** Forgets a reader that is gone for good: nothing is kept for it any more. For the operator; nothing guesses it. */
    void forget(String reader);

    /**
     * How many records were dropped for want of room before a reader had taken them, since this was last acknowledged;
     * 0 for one that is not known.
     */
    long missed(String reader);

    /** The operator has seen what a reader has missed: it is 0 again. */
    void acknowledge(String reader);

    /** All bookmarks by reader. */
    SortedMap<String, Long> bookmarks();
}
