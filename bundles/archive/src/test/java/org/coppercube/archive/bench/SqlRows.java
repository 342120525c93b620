// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/**
 * A row for each sample in some SQL database. Scans ask by sequence, which is the key, and not by time: an index of
 * the times would make the rows half as large again.
 */
public class SqlRows implements Store {

    /** A log of so many samples or more counts as a year. */
    public static final int YEAR = 17_000;

    /** The table. */
    public static final String TABLE = "CREATE TABLE sample (log INT NOT NULL, seq INT NOT NULL, ts BIGINT NOT NULL,"
            + " kind SMALLINT NOT NULL, reading REAL, PRIMARY KEY (log, seq))";

    private static final int NULL = 0;
    private static final int REAL = 1;
    private static final int ENUMERATED = 2;

    /** What remains to be stopped when the connection is closed. */
    public interface Rest {
        void stop() throws IOException, SQLException;
    }

    private final Connection connection;
    private final List<Trend> trends;
    private final Rest rest;
    private final PreparedStatement select;

    /** @param connection has the table */
    public SqlRows(Connection connection, List<Trend> trends, Rest rest) throws SQLException {
        this.connection = connection;
        this.trends = trends;
        this.rest = rest;
        connection.setAutoCommit(false);
        this.select = connection.prepareStatement(
                "SELECT ts, reading FROM sample WHERE log = ? AND seq >= ? AND seq < ? ORDER BY log, seq");
    }

    @Override
    public void append(List<Piece> pieces) throws Exception {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO sample VALUES (?, ?, ?, ?, ?)")) {
            for (Piece piece : pieces) {
                Trend trend = trends.get(piece.log());
                for (int i = piece.from(); i < piece.to(); i++) {
                    insert.setInt(1, piece.log());
                    insert.setInt(2, i);
                    insert.setLong(3, trend.time(i));
                    insert.setInt(4, kind(trend, i));
                    if (Float.isNaN(trend.value(i))) {
                        insert.setNull(5, Types.REAL);
                    } else {
                        insert.setFloat(5, trend.value(i));
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
        connection.commit();
    }

    @Override
    public void scan(int log, int from, int to, Tally tally) throws SQLException {
        select.setInt(1, log);
        select.setInt(2, from);
        select.setInt(3, to);
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                long time = row.getLong(1);
                float reading = row.getFloat(2);
                tally.add(time, row.wasNull() ? Float.NaN : reading);
            }
        }
        connection.commit();
    }

    @Override
    public void close() throws IOException, SQLException {
        try {
            select.close();
            connection.close();
        } finally {
            rest.stop();
        }
    }

    /** Number of a sample's kind. */
    protected static int kind(Trend trend, int index) {
        return Float.isNaN(trend.value(index)) ? NULL : trend.isEnumerated() ? ENUMERATED : REAL;
    }
}
