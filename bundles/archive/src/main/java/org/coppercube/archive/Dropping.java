// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.coppercube.api.trend.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes some of a log's oldest chunks out of the accounts: what was in them is neither held nor lost from now on. Who
 * has not taken them from the feed has missed them.
 */
final class Dropping {

    private static final Logger LOG = LoggerFactory.getLogger(Dropping.class);

    /** What a row and its key take besides the samples, about. */
    private static final int ROW_BYTES = 200;

    private final Bookmarks bookmarks;
    private final LossSums losses = new LossSums();
    private final Map<String, Long> missed = new HashMap<>();
    private long dropped;
    private long gaps;
    private long lost;
    private long bytes;

    /** @param bookmarks as they are now */
    Dropping(Bookmarks bookmarks) {
        this.bookmarks = bookmarks;
    }

    /** @return contents without the chunks of this log up to this position; their rows are still there */
    Contents drop(Connection to, Contents before, LogState log, long upTo, ArchiveHealth health) throws SQLException {
        new ChunkTable(to, new ChunkCache(), health).visit(log, 0, Times.ALL, chunk -> {
            boolean wanted = chunk.lastPosition() <= upTo;
            if (wanted) {
                add(chunk);
            }
            return wanted;
        });
        return apply(to, before, log, upTo);
    }

    /** About what their rows take. */
    long bytes() {
        return bytes;
    }

    private void add(ChunkTable.Row chunk) throws SQLException {
        dropped += chunk.records();
        lost += chunk.lost();
        bytes += chunk.bytes() + ROW_BYTES;
        Map<String, Long> behind = new HashMap<>(bookmarks.positions());
        long first = chunk.firstPosition();
        long last = chunk.lastPosition();
        behind.values().removeIf(position -> position >= last);
        boolean countable = chunk.lost() == 0 && behind.values().stream().allMatch(position -> position < first);
        Stretch opened = countable ? null : open(chunk);
        if (opened != null) {
            losses.add(opened.samples());
            gaps += opened.samples().stream().filter(sample -> sample.reading() instanceof Reading.Gap).count();
        } else if (chunk.lost() > 0) {
            gaps++; // there is one at least; the losses by day are counted anew at the next start
        }
        long records = chunk.records();
        behind.forEach((reader, position) -> missed.merge(reader,
                records - (opened == null ? 0 : opened.indexOf(position + 1)), Long::sum));
    }

    private Contents apply(Connection to, Contents before, LogState log, long upTo) throws SQLException {
        Progress left = log.sealed().without(dropped - gaps, lost, new ChunkIndex(to).times(log, upTo));
        Dropped gone = new Dropped(log.dropped().records() + dropped, upTo, new ChunkIndex(to).chain(log, upTo));
        LogState after = log.without(gone, left);
        LogTable.updateDropped(to, after);
        LossTable.subtract(to, log.id(), losses);
        Bookmarks known = bookmarks.missing(missed);
        for (String reader : missed.keySet()) {
            BookmarkTable.put(to, known, reader);
        }
        return before.with(List.of(after)).withBookmarks(known);
    }

    private static Stretch open(ChunkTable.Row chunk) throws SQLException {
        try {
            return chunk.open();
        } catch (DamagedChunkException e) {
            LOG.debug("Dropped without a look into it", e);
            return null;
        }
    }
}
