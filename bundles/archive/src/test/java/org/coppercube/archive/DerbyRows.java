// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.coppercube.archive.bench.Bench;
import org.coppercube.archive.bench.Delivery;
import org.coppercube.archive.bench.SqlRows;
import org.coppercube.archive.bench.Store;
import org.coppercube.archive.bench.Trend;
import org.coppercube.archive.bench.Trends;

/** The same Derby with a row for each sample, as it comes out of the box. */
final class DerbyRows {

    private static final String PREFIX = "archive.peer.derby-rows.";

    private DerbyRows() {
    }

    /** @param arguments directory of the trends, directory to write to */
    public static void main(String[] arguments) throws Exception {
        List<Trend> trends = Trends.load(Path.of(arguments[0]));
        Path directory = Path.of(arguments[1]);
        Bench all = new Bench(PREFIX, DerbyRows::open, trends);
        all.ingest(directory.resolve("small"), Delivery.SMALL);
        all.scan(directory.resolve("small"), SqlRows.YEAR);
        // a quarter is enough, and if anything quicker in a smaller tree
        List<Trend> some = IntStream.range(0, trends.size()).filter(log -> log % 4 == 0).mapToObj(trends::get).toList();
        new Bench(PREFIX, DerbyRows::open, some).ingest(directory.resolve("480"), Delivery.OF_480);
    }

    private static Store open(Path directory, List<Trend> trends) throws SQLException {
        System.setProperty("derby.stream.error.file", directory.resolveSibling("derby.log").toString());
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(directory.toString());
        source.setCreateDatabase("create");
        Connection connection = source.getConnection();
        if (connection.getWarnings() == null) { // there is one when the database is there already
            try (Statement statement = connection.createStatement()) {
                statement.execute(SqlRows.TABLE);
            }
        }
        return new SqlRows(connection, trends, DerbyRows::stop);
    }

    private static void stop() throws SQLException {
        EmbeddedDataSource engine = new EmbeddedDataSource();
        engine.setShutdownDatabase("shutdown");
        try {
            engine.getConnection().close();
        } catch (SQLException e) {
            if (!e.getSQLState().equals("XJ015")) { // how Derby says that it is down
                throw e;
            }
        }
    }
}
