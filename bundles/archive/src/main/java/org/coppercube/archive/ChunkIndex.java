// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/** What the key of table chunk tells of a log's chunks, so that finding out what is old touches none of them. */
final class ChunkIndex {

    private static final String KEY = " FROM chunk --DERBY-PROPERTIES constraint=CHUNK_KEY\n";
    private static final String RANGE = "WHERE log_id = ? AND last_position > ? AND last_position <= ?";

    private final Connection connection;

    ChunkIndex(Connection connection) {
        this.connection = connection;
    }

    /** Looks at one chunk after the other. */
    interface Visitor {
        /**
         * @param position feed position of its last sample
         * @param newest time of its newest sample
         * @return whether to go on
         */
        boolean visit(long position, long newest) throws SQLException;
    }

    /** A log's chunks after a position, oldest first. */
    void visit(LogState log, long after, Visitor visitor) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT last_position, last_time" + KEY + RANGE + " ORDER BY log_id, last_position")) {
            try (ResultSet row = range(select, log, after)) {
                boolean more = true;
                while (more && row.next()) {
                    more = visitor.visit(row.getLong(1), row.getLong(2));
                }
            }
        }
    }

    /** What times the chunks after a position have, of all their records; 0 and 0 when there are none. */
    Times times(LogState log, long after) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT MIN(first_time), MAX(last_time)" + KEY + RANGE)) {
            try (ResultSet row = range(select, log, after)) {
                row.next();
                return new Times(row.getLong(1), row.getLong(2));
            }
        }
    }

    /** Value of the hash chain at the chunk at a position. */
    String chain(LogState log, long position) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT chain FROM chunk --DERBY-PROPERTIES"
                + " constraint=CHUNK_KEY\nWHERE log_id = ? AND last_position = ?")) {
            select.setInt(1, log.id());
            select.setLong(2, position);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return HexFormat.of().formatHex(row.getBytes(1));
            }
        }
    }

    /** How many records a log has had up to the end of the chunk at this position: the number of the next one. */
    long recordsUpTo(LogState log, long position) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT first_record" + KEY + RANGE
                + " ORDER BY log_id, last_position")) {
            select.setMaxRows(1);
            try (ResultSet row = range(select, log, position)) {
                return row.next() ? row.getLong(1) : log.sealed().records();
            }
        }
    }

    /** Deletes the rows of what was dropped of a log. @return how many */
    int delete(LogState log) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM chunk WHERE log_id = ? AND last_position <= ?")) {
            delete.setInt(1, log.id());
            delete.setLong(2, log.dropped().position());
            return delete.executeUpdate();
        }
    }

    private static ResultSet range(PreparedStatement select, LogState log, long after) throws SQLException {
        select.setInt(1, log.id());
        select.setLong(2, after);
        select.setLong(3, log.sealed().position());
        return select.executeQuery();
    }
}
