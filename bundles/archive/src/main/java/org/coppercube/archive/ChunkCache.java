// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The chunks opened last: pages of one query, and the feed's windows, come back to the same ones. */
final class ChunkCache {

    /** About 16 MB. */
    private static final int MOST_SAMPLES = 200_000;
    /** What a chunk counts for at least: its samples may be few and long. */
    private static final int LEAST_SAMPLES = 1_000;

    private record Key(int log, long lastPosition) {
    }

    private final Map<Key, Stretch> chunks = new LinkedHashMap<>(16, 0.75f, true);
    private int samples;

    synchronized Stretch get(int log, long lastPosition) {
        return chunks.get(new Key(log, lastPosition));
    }

    synchronized void put(int log, long lastPosition, Stretch chunk) {
        if (chunks.put(new Key(log, lastPosition), chunk) == null) {
            samples += weight(chunk);
        }
        Iterator<Stretch> oldest = chunks.values().iterator();
        while (samples > MOST_SAMPLES) {
            samples -= weight(oldest.next());
            oldest.remove();
        }
    }

    private static int weight(Stretch chunk) {
        return Math.max(LEAST_SAMPLES, chunk.samples().size());
    }
}
