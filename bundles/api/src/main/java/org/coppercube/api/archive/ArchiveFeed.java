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
     * The next samples after a position, oldest first, without a hole between them. Where a part of the archive is
     * damaged, a {@code Reading.Gap} for all of its records has their last position, and their others are empty.
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

    /** Keeps where a reader has got to; on disk when this returns. It may go back, for a replay. */
    void moveBookmark(String reader, long position);

    /** All bookmarks by reader. */
    SortedMap<String, Long> bookmarks();
}
