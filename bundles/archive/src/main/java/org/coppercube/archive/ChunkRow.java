// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A row of table chunk as it lies there, for those who go through all of them: nothing in it is believed, and a few are
 * read at a time, so that neither a connection nor memory is held for long.
 *
 * @param ordinal our own number of its first record
 * @param block the samples
 * @param firstTime earliest time in it
 * @param lastTime latest time in it
 * @param firstSequence sequence number of its first sample
 * @param lastSequence last sequence number it accounts for
 * @param lost how many records its gaps stand for
 * @param summary what its readings amount to, encoded
 * @param crc check sum of the block
 * @param chain value of the {@link Chain} at it
 */
record ChunkRow(long ordinal, Block block, long firstTime, long lastTime, long firstSequence, long lastSequence,
        long lost, byte[] summary, int crc, String chain) {

    private static final int PAGE = 16;
    private static final String SELECT = """
            SELECT first_record, run, first_position, last_position, records, codec, data, first_time, last_time,
              first_sequence, last_sequence, lost, summary, crc, chain
            FROM chunk --DERBY-PROPERTIES constraint=CHUNK_KEY
            WHERE log_id = ? AND last_position > ? AND last_position <= ?
            ORDER BY log_id, last_position FETCH FIRST %d ROWS ONLY""".formatted(PAGE);

    /** A chunk that comes after this value of the chain. */
    static ChunkRow of(LogState log, String before, Chunk chunk) {
        Block block = chunk.block();
        ChunkRow row = new ChunkRow(chunk.ordinal(), block, chunk.firstTime(), chunk.lastTime(), chunk.firstSequence(),
                chunk.lastSequence(), chunk.lost(), chunk.summary().encode(), block.crc(log.id()), null);
        return row.chained(Chain.next(before, log.log().id(), row));
    }

    /** The next few chunks of a log: those that end after one feed position and at another at the latest. */
    static List<ChunkRow> after(Connection connection, LogState log, long position, long last) throws SQLException {
        List<ChunkRow> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setInt(1, log.id());
            select.setLong(2, position);
            select.setLong(3, last);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(of(row));
                }
            }
        }
        return rows;
    }

    /** {@code Chunk 4096 of hq.1200.TL1 (its records 2048 to 4095)}. */
    String name(LogState log) {
        return "Chunk " + block.last() + " of " + log.log().id() + " (its records " + ordinal + " to "
                + (ordinal + block.count() - 1) + ")";
    }

    private ChunkRow chained(String value) {
        return new ChunkRow(ordinal, block, firstTime, lastTime, firstSequence, lastSequence, lost, summary, crc,
                value);
    }

    private static ChunkRow of(ResultSet row) throws SQLException {
        Block block = new Block(row.getInt("run"), row.getLong("first_position"), row.getLong("last_position"),
                row.getInt("records"), row.getInt("codec"), row.getBytes("data"));
        return new ChunkRow(row.getLong("first_record"), block, row.getLong("first_time"), row.getLong("last_time"),
                row.getLong("first_sequence"), row.getLong("last_sequence"), row.getLong("lost"),
                row.getBytes("summary"), row.getInt("crc"), HexFormat.of().formatHex(row.getBytes("chain")));
    }
}
