// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.derby.jdbc.EmbeddedDataSource;

/**
 * What the sealed samples of an archive take.
 *
 * @param samples how many are sealed
 * @param payload bytes a sample that they are encoded in
 * @param abovePayload bytes a sample besides: the table's other columns, its pages and its index
 */
record SealedSamples(double samples, double payload, double abovePayload) {

    /** @param archive directory of an archive that is open in this process */
    static SealedSamples of(Path archive) throws SQLException {
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(ContainerStorage.name(archive.resolve("db")));
        try (Connection connection = source.getConnection()) {
            double samples = number(connection, "SELECT SUM(CAST(records AS BIGINT)) FROM chunk");
            double payload = number(connection, "SELECT SUM(CAST(LENGTH(data) AS BIGINT)) FROM chunk");
            double table = number(connection, "SELECT SUM((numallocatedpages + numfreepages) * pagesize)"
                    + " FROM TABLE(SYSCS_DIAG.SPACE_TABLE('CHUNK')) AS room");
            return new SealedSamples(samples, payload / samples, (table - payload) / samples);
        }
    }

    private static double number(Connection connection, String query) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getDouble(1);
        }
    }
}
