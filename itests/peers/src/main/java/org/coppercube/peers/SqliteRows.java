// SPDX-License-Identifier: Apache-2.0
package org.coppercube.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.coppercube.archive.bench.SqlRows;
import org.coppercube.archive.bench.Store;
import org.coppercube.archive.bench.Trend;
import org.sqlite.SQLiteDataSource;

/** SQLite, a row for each sample, as safe as Derby: a commit waits for the disk. */
final class SqliteRows {

    private SqliteRows() {
    }

    static Store open(Path directory, List<Trend> trends) throws IOException, SQLException {
        Files.createDirectories(directory);
        Path file = directory.resolve("samples.sqlite");
        boolean fresh = Files.notExists(file);
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        Connection connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            if (fresh) {
                statement.execute(SqlRows.TABLE + " WITHOUT ROWID");
            }
        }
        return new SqlRows(connection, trends, () -> { });
    }
}
