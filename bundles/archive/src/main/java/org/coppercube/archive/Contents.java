// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Collection;
import java.util.NavigableMap;
import org.coppercube.api.trend.TrendLogId;

/**
 * All that is kept in memory, as it is after some commit. It never changes: a write makes the next one aside, and it is
 * published when the commit is through, so that a write that fails has changed nothing.
 *
 * @param logs every log by its id
 * @param end position of the newest sample
 * @param hours for the hours of the last day in which samples arrived, since 1970: how far the feed was at their start
 * @param bookmarks how far the readers of the feed have got
 * @param journalId number of the newest journal row
 * @param journalBytes what all journal rows take
 * @param neededBytes what they must take at least: the open heads
 */
record Contents(Logs logs, long end, NavigableMap<Long, Long> hours,
        Bookmarks bookmarks, long journalId, long journalBytes, long neededBytes) {

    static Contents empty(NavigableMap<Long, Long> hours, Bookmarks bookmarks) {
        return new Contents(Logs.NONE, 0, hours, bookmarks, 0, 0, 0);
    }

    /** @throws IllegalArgumentException if nobody knows this log */
    LogState require(TrendLogId log) {
        LogState state = logs.get(log);
        if (state == null) {
            throw new IllegalArgumentException(log + " was never described to the archive");
        }
        return state;
    }

    Contents with(Collection<LogState> changed) {
        long needed = neededBytes;
        for (LogState state : changed) {
            LogState before = logs.get(state.log().id());
            needed += Journal.bytes(state) - (before == null ? 0 : Journal.bytes(before));
        }
        return new Contents(logs.with(changed), end, hours, bookmarks, journalId, journalBytes, needed);
    }

    Contents endingAt(long position) {
        return new Contents(logs, position, hours, bookmarks, journalId, journalBytes, neededBytes);
    }

    Contents withHours(NavigableMap<Long, Long> known) {
        return new Contents(logs, end, known, bookmarks, journalId, journalBytes, neededBytes);
    }

    Contents withBookmarks(Bookmarks known) {
        return new Contents(logs, end, hours, known, journalId, journalBytes, neededBytes);
    }

    Contents withJournal(long newestId, long bytes) {
        return new Contents(logs, end, hours, bookmarks, newestId, bytes, neededBytes);
    }
}
