// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.SQLException;
import org.coppercube.api.archive.ArchiveException;

/** Opens the chunks for readers, each time with a connection of its own, so that none waits for the writer. */
final class Chunks {

    private final Database database;
    private final ChunkCache cache = new ChunkCache();
    private final ArchiveHealth health;
    private final Current current;
    private final Readers readers;

    Chunks(Database database, Current current, Readers readers, ArchiveHealth health) {
        this.database = database;
        this.current = current;
        this.readers = readers;
        this.health = health;
    }

    /** What is to be done with the open chunks. */
    interface Reading {
        void read(ChunkTable table) throws SQLException;
    }

    void read(Reading reading) {
        long reader = readers.enter();
        try {
            database.use(connection -> {
                reading.read(new ChunkTable(connection, cache, health));
                return null;
            });
        } catch (SQLException e) {
            throw new ArchiveException("The archive cannot be read now (" + Database.reason(e) + "); ask again", e);
        } finally {
            readers.leave(reader);
        }
    }

    /**
     * Visits the chunks of one log, as {@link ChunkTable#visit} does. What was dropped by now is left out as a whole:
     * it may be deleted from under whoever began earlier, but not from under us.
     */
    void visit(LogState log, long position, Times times, ChunkTable.Visitor visitor) {
        if (log.sealed().position() >= position) {
            read(table -> table.visit(log,
                    Math.max(position, current.get().logs().get(log.log().id()).dropped().position() + 1), times,
                    visitor));
        }
    }
}
