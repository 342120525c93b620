// SPDX-License-Identifier: Apache-2.0
package org.coppercube.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.coppercube.archive.bench.SqlRows;
import org.coppercube.archive.bench.Store;
import org.coppercube.archive.bench.Trend;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** DuckDB in its quickest and smallest way: the appender, and no key, which doubles its size. */
final class DuckdbRows extends SqlRows {

    private final DuckDBConnection connection;
    private final List<Trend> trends;

    private DuckdbRows(DuckDBConnection connection, List<Trend> trends) throws SQLException {
        super(connection, trends, () -> { });
        this.connection = connection;
        this.trends = trends;
    }

    static Store open(Path directory, List<Trend> trends) throws IOException, SQLException {
        Files.createDirectories(directory);
        Path file = directory.resolve("samples.duckdb");
        boolean fresh = Files.notExists(file);
        Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        if (fresh) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(TABLE.replace(", PRIMARY KEY (log, seq)", ""));
            }
        }
        return new DuckdbRows(connection.unwrap(DuckDBConnection.class), trends);
    }

    @Override
    public void append(List<Piece> pieces) throws SQLException {
        try (DuckDBAppender rows = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "sample")) {
            for (Piece piece : pieces) {
                Trend trend = trends.get(piece.log());
                for (int i = piece.from(); i < piece.to(); i++) {
                    rows.beginRow();
                    rows.append(piece.log());
                    rows.append(i);
                    rows.append(trend.time(i));
                    rows.append((short) kind(trend, i));
                    if (Float.isNaN(trend.value(i))) {
                        rows.appendNull();
                    } else {
                        rows.append(trend.value(i));
                    }
                    rows.endRow();
                }
            }
        }
        connection.commit();
    }
}
