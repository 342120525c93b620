// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The chunks opened last: pages of one query, and the feed's windows, come back to the same ones. */
final class ChunkCache {

    /** About ninety chunks of numbers. */
    static final int MOST_BYTES = 14 << 20;
    /** What a chunk takes besides its samples, the place here included. */
    private static final int CHUNK_BYTES = 250;
    private static final int PIECE_BYTES = 28;

    private record Key(int log, long lastPosition) {
    }

    private record Kept(Stretch chunk, int bytes) {
    }

    private final Map<Key, Kept> chunks = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    synchronized Stretch get(int log, long lastPosition) {
        Kept kept = chunks.get(new Key(log, lastPosition));
        return kept == null ? null : kept.chunk;
    }

    /** Keeps it, and forgets what was not asked for the longest, if need be all. */
    synchronized void put(int log, long lastPosition, Stretch chunk) {
        int takes = CHUNK_BYTES + PIECE_BYTES * chunk.pieces().size() + Footprint.of(chunk.samples());
        Kept before = chunks.put(new Key(log, lastPosition), new Kept(chunk, takes));
        bytes += takes - (before == null ? 0 : before.bytes); // another may have opened it at the same time
        Iterator<Kept> oldest = chunks.values().iterator();
        while (bytes > MOST_BYTES) {
            bytes -= oldest.next().bytes;
            oldest.remove();
        }
    }

    /** What all that is kept takes. */
    synchronized long bytes() {
        return bytes;
    }
}
