// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;

/** Table chunk, for whoever writes it and, with a connection that is open, for a reader. */
final class ChunkTable {

    /** Without the data, because most of the chunks that charts and roll-ups look at are never opened. */
    private static final String SELECT = """
            SELECT last_position, first_time, last_time, first_position, first_record, records, run, first_sequence,
              last_sequence, lost, summary
            FROM chunk --DERBY-PROPERTIES constraint=CHUNK_KEY
            WHERE log_id = ? AND last_position >= ? AND last_position <= ? AND last_time >= ? AND first_time <= ?
            ORDER BY log_id, last_position""";
    private static final String SELECT_DATA = """
            SELECT codec, crc, data FROM chunk --DERBY-PROPERTIES constraint=CHUNK_KEY
            WHERE log_id = ? AND last_position = ?""";

    private final PreparedStatement select;
    private final PreparedStatement selectData;
    private final ChunkCache cache;
    private final ArchiveHealth health;

    ChunkTable(Connection connection, ChunkCache cache, ArchiveHealth health) throws SQLException {
        this.select = connection.prepareStatement(SELECT);
        this.selectData = connection.prepareStatement(SELECT_DATA);
        this.cache = cache;
        this.health = health;
    }

    /** Adds to the chunks of a log. @return the value of the chain at the last of them */
    static String insert(Connection connection, LogState log, List<Chunk> chunks) throws SQLException {
        String chain = log.sealed().chain();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO chunk (log_id, last_position,"
                + " first_time, last_time, first_position, first_record, records, run, first_sequence, last_sequence,"
                + " lost, summary, codec, crc, data, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Chunk chunk : chunks) {
                ChunkRow row = ChunkRow.of(log, chain, chunk);
                chain = row.chain();
                Block block = row.block();
                insert.setInt(1, log.id());
                insert.setLong(2, block.last());
                insert.setLong(3, row.firstTime());
                insert.setLong(4, row.lastTime());
                insert.setLong(5, block.first());
                insert.setLong(6, row.ordinal());
                insert.setInt(7, block.count());
                insert.setInt(8, block.run());
                insert.setLong(9, row.firstSequence());
                insert.setLong(10, row.lastSequence());
                insert.setLong(11, row.lost());
                insert.setBytes(12, row.summary());
                insert.setInt(13, block.codec());
                insert.setInt(14, row.crc());
                insert.setBytes(15, block.data());
                insert.setBytes(16, HexFormat.of().parseHex(chain));
                insert.executeUpdate();
            }
        }
        return chain;
    }

    /** Looks at one chunk after the other. */
    interface Visitor {
        /** @return whether to go on */
        boolean visit(Row row) throws SQLException;
    }

    /** A log's chunks with samples from a feed position on, in record order; those outside the times are left out. */
    void visit(LogState log, long position, Times times, Visitor visitor) throws SQLException {
        select.setInt(1, log.id());
        select.setLong(2, Math.max(position, log.dropped().position() + 1));
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

        long lastPosition() throws SQLException {
            return row.getLong("last_position");
        }

        int records() throws SQLException {
            return row.getInt("records");
        }

        /** How many the samples take. */
        int bytes() throws SQLException {
            selectData.setInt(1, log.id());
            selectData.setLong(2, lastPosition());
            try (ResultSet found = selectData.executeQuery()) {
                return found.next() ? found.getBytes("data").length : 0;
            }
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

        /** Empty where it is damaged, which has been reported: then only the samples themselves can tell. */
        Optional<Summary> summary() throws SQLException {
            try {
                return Optional.of(Summary.decode(row.getBytes("summary")));
            } catch (DataFormatException e) {
                health.damaged("The summary of chunk " + name() + " is damaged (" + e.getMessage()
                        + "); its samples are read instead");
                return Optional.empty();
            }
        }

        /**
         * All samples of these times; of the others as many as it takes. Where they are damaged, one gap for all of
         * them: at the last position, and at the first time that is both in the chunk and asked for.
         */
        Stretch read(Times asked) throws SQLException {
            try {
                return open(asked);
            } catch (DamagedChunkException e) {
                long first = row.getLong("first_sequence");
                return new Stretch(run(), lastPosition(), List.of(new Sample(first, times().and(asked).first(), 0,
                        Sample.TimeSource.NEXT, 0, new Reading.Gap(row.getLong("last_sequence") - first + 1,
                                Reading.Gap.Cause.ARCHIVE_DAMAGED))));
            }
        }

        /** @throws DamagedChunkException after having reported it */
        Stretch open() throws SQLException {
            return open(Times.ALL);
        }

        private Stretch open(Times asked) throws SQLException {
            Stretch known = cache.get(log.id(), lastPosition());
            if (known != null) {
                return known;
            }
            selectData.setInt(1, log.id());
            selectData.setLong(2, lastPosition());
            try (ResultSet found = selectData.executeQuery()) {
                boolean dropped = !found.next(); // meanwhile
                return dropped ? new Stretch(run(), List.of(), List.of()) : open(found, asked);
            }
        }

        private Stretch open(ResultSet found, Times asked) throws SQLException {
            Block block = new Block(run(), firstPosition(), lastPosition(), row.getInt("records"),
                    found.getInt("codec"), found.getBytes("data"));
            try {
                if (block.crc(log.id()) != found.getInt("crc")) {
                    throw new DataFormatException("check sum is wrong");
                }
                Stretch stretch = block.open(asked);
                if (stretch.samples().size() == block.count()) {
                    cache.put(log.id(), lastPosition(), stretch);
                }
                return stretch;
            } catch (DataFormatException e) {
                String what = "Chunk " + name() + " is damaged: " + e.getMessage();
                health.damaged(what);
                throw new DamagedChunkException(what, e);
            }
        }

        private String name() throws SQLException {
            long first = row.getLong("first_record");
            return lastPosition() + " of " + log.log().id() + " (its records " + first + " to "
                    + (first + row.getInt("records") - 1) + ")";
        }
    }
}
