// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far the readers of the feed have got; never changes.
 *
 * @param positions feed position taken, by reader
 * @param missed how many records were dropped before they were taken, by reader; only those who missed any
 */
record Bookmarks(SortedMap<String, Long> positions, SortedMap<String, Long> missed) {

    Bookmarks {
        positions = Collections.unmodifiableSortedMap(positions);
        missed = Collections.unmodifiableSortedMap(missed);
    }

    /** What lies beyond it has not been taken by everybody. */
    long lowest() {
        return positions.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    Bookmarks moved(String reader, long position) {
        SortedMap<String, Long> all = new TreeMap<>(positions);
        all.put(reader, position);
        return new Bookmarks(all, missed);
    }

    Bookmarks without(String reader) {
        SortedMap<String, Long> all = new TreeMap<>(positions);
        all.remove(reader);
        return new Bookmarks(all, acknowledged(reader).missed);
    }

    Bookmarks acknowledged(String reader) {
        SortedMap<String, Long> all = new TreeMap<>(missed);
        all.remove(reader);
        return new Bookmarks(positions, all);
    }

    Bookmarks missing(Map<String, Long> more) {
        SortedMap<String, Long> all = new TreeMap<>(missed);
        more.forEach((reader, records) -> all.merge(reader, records, Long::sum));
        return new Bookmarks(positions, all);
    }
}
