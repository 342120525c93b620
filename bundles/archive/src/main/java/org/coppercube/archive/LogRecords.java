// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.coppercube.api.archive.ArchiveException;

/** All samples of a log as it was at some moment, from the first to a feed position, a few chunks at a time. */
final class LogRecords {

    private final Database database;
    private final LogState log;
    private final long last;
    private final Deque<ChunkRow> page = new ArrayDeque<>();
    private long position = -1;
    private long records = -1;
    private boolean headIsNext;
    private boolean ended;

    LogRecords(Database database, LogState log, long last) {
        this.database = database;
        this.log = log;
        this.last = Math.min(last, log.now().position());
    }

    /** @throws ArchiveException naming a chunk that is damaged */
    Optional<Stretch> next() {
        if (page.isEmpty() && !headIsNext) {
            try {
                page.addAll(database.use(connection ->
                        ChunkRow.after(connection, log, position, log.sealed().position())));
            } catch (SQLException e) {
                throw new ArchiveException("The archive cannot be read now (" + e.getMessage() + "); try again", e);
            }
            headIsNext = page.isEmpty();
            if (headIsNext) {
                requireNext(log.sealed().records());
            }
        }
        Optional<Stretch> found = Optional.empty();
        if (!page.isEmpty()) {
            ChunkRow row = page.poll();
            requireNext(row.ordinal());
            position = row.block().last();
            records = row.ordinal() + row.block().count();
            found = Optional.of(open(row));
        } else if (!ended) {
            ended = true;
            found = log.head().from(0, Times.ALL);
        }
        return found.map(stretch -> stretch.part(0, stretch.indexOf(last + 1)))
                .filter(stretch -> !stretch.samples().isEmpty());
    }

    private void requireNext(long ordinal) {
        if (records >= 0 && ordinal != records) {
            throw new ArchiveException("Records " + records + " to " + (ordinal - 1) + " of " + log.log().id()
                    + " are not there; try again, and if they are missing then, too, restore a backup", null);
        }
    }

    private Stretch open(ChunkRow row) {
        try {
            if (row.crc() != row.block().crc(log.id())) {
                throw new DataFormatException("check sum is wrong");
            }
            return row.block().open();
        } catch (DataFormatException e) {
            throw new DamagedChunkException(row.name(log) + " is damaged: " + e.getMessage() + "; restore a backup", e);
        }
    }
}
