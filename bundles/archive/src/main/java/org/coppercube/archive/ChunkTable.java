// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.DataFormatException;

/** Table chunk, for whoever writes it and, with a connection that is open, for a reader. */
final class ChunkTable {

    private static final String SELECT = """
            SELECT last_position, first_time, last_time, first_position, first_record, records, run, lost, summary,
              codec, crc, data
            FROM chunk --DERBY-PROPERTIES constraint=CHUNK_KEY
            WHERE log_id = ? AND last_position >= ? AND last_position <= ? AND last_time >= ? AND first_time <= ?
            ORDER BY log_id, last_position""";

    private final PreparedStatement select;
    private final ChunkCache cache;
    private final ArchiveHealth health;

    ChunkTable(Connection connection, ChunkCache cache, ArchiveHealth health) throws SQLException {
        this.select = connection.prepareStatement(SELECT);
        this.cache = cache;
        this.health = health;
    }

    static void insert(Connection connection, int log, List<Chunk> chunks) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO chunk (log_id, last_position,"
                + " first_time, last_time, first_position, first_record, records, run, first_sequence, last_sequence,"
                + " lost, summary, codec, crc, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Chunk chunk : chunks) {
                Block block = chunk.block();
                insert.setInt(1, log);
                insert.setLong(2, block.last());
                insert.setLong(3, chunk.firstTime());
                insert.setLong(4, chunk.lastTime());
                insert.setLong(5, block.first());
                insert.setLong(6, chunk.ordinal());
                insert.setInt(7, block.count());
                insert.setInt(8, block.run());
                insert.setLong(9, chunk.firstSequence());
                insert.setLong(10, chunk.lastSequence());
                insert.setLong(11, chunk.lost());
                insert.setBytes(12, chunk.summary().encode());
                insert.setInt(13, block.codec());
                insert.setInt(14, block.crc(log));
                insert.setBytes(15, block.data());
                insert.executeUpdate();
            }
        }
    }

    /** Looks at one chunk after the other. */
    interface Visitor {
        /** @return whether to go on */
        boolean visit(Row row) throws SQLException;
    }

    /** A log's chunks with samples from a feed position on, in record order; those outside the times are left out. */
    void visit(LogState log, long position, Times times, Visitor visitor) throws SQLException {
        select.setInt(1, log.id());
        select.setLong(2, position);
        select.setLong(3, log.sealed().position());
        select.setLong(4, times.first());
        select.setLong(5, times.last());
        try (ResultSet found = select.executeQuery()) {
            boolean more = true;
            while (more && found.next()) {
                more = visitor.visit(new Row(log, found));
            }
        }
    }

    /** One chunk; good for the time of the visit only. */
    final class Row {

        private final LogState log;
        private final ResultSet row;

        private Row(LogState log, ResultSet row) {
            this.log = log;
            this.row = row;
        }

        long firstPosition() throws SQLException {
            return row.getLong("first_position");
        }

        Times times() throws SQLException {
            return new Times(row.getLong("first_time"), row.getLong("last_time"));
        }

        int run() throws SQLException {
            return row.getInt("run");
        }

        long lost() throws SQLException {
            return row.getLong("lost");
        }

        /** One that is damaged is reported and made anew. */
        Summary summary() throws SQLException {
            try {
                return Summary.decode(row.getBytes("summary"));
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                health.damaged("The summary of chunk " + row.getLong("last_position") + " of " + log.log().id()
                        + " is damaged (charts are drawn from its samples)");
                return Summary.of(open().samples());
            }
        }

        /** @throws DamagedChunkException after having reported it */
        Stretch open() throws SQLException {
            long last = row.getLong("last_position");
            Stretch known = cache.get(log.id(), last);
            if (known != null) {
                return known;
            }
            Block block = new Block(run(), firstPosition(), last, row.getInt("records"), row.getInt("codec"),
                    row.getBytes("data"));
            try {
                if (block.crc(log.id()) != row.getInt("crc")) {
                    throw new DataFormatException("check sum is wrong");
                }
                Stretch stretch = block.open();
                cache.put(log.id(), last, stretch);
                return stretch;
            } catch (DataFormatException e) {
                long firstRecord = row.getLong("first_record");
                String what = "Chunk " + last + " of " + log.log().id() + " (its records " + firstRecord + " to "
                        + (firstRecord + block.count() - 1) + ") is damaged: " + e.getMessage();
                health.damaged(what);
                throw new DamagedChunkException(what, e);
            }
        }
    }
}
