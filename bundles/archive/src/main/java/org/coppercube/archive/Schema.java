// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** The tables. Their number says which software can read them; this software reads its own number and no other. */
final class Schema {

    static final int VERSION = 1;

    /** With the stock pages of 4 kB, a fifth of each reserved, the chunks would take a quarter more room. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "derby.storage.pageSize", "32768",
            "derby.storage.pageReservedSpace", "0",
            "derby.storage.pageCacheSize", "400",
            "derby.storage.indexStats.auto", "false", // every statement names its key or reads all
            "derby.locks.waitTimeout", "20");

    private static final List<String> TABLES = List.of(
            "CREATE TABLE schema_version (version INT NOT NULL)",
            "INSERT INTO schema_version VALUES (" + VERSION + ")",
            """
            CREATE TABLE trend_log (
              log_id INT NOT NULL PRIMARY KEY, trend_log VARCHAR(80) NOT NULL,
              log_name VARCHAR(32672) NOT NULL, device_name VARCHAR(32672) NOT NULL,
              object_name VARCHAR(32672) NOT NULL,
              logged_device INT, logged_object VARCHAR(32672), logged_property VARCHAR(32672),
              units VARCHAR(32672) NOT NULL, time_zone VARCHAR(100) NOT NULL,
              log_interval BIGINT NOT NULL, buffer_size BIGINT NOT NULL, chosen BOOLEAN,
              records BIGINT NOT NULL, last_position BIGINT NOT NULL, run INT NOT NULL, last_sequence BIGINT NOT NULL,
              last_sample VARCHAR(32000) FOR BIT DATA, samples BIGINT NOT NULL, lost BIGINT NOT NULL,
              first_time BIGINT NOT NULL, last_time BIGINT NOT NULL,
              dropped_records BIGINT NOT NULL DEFAULT 0, dropped_position BIGINT NOT NULL DEFAULT 0)""",
            // Within a log, feed positions rise as records do, so one key serves queries and feed: a page of a query
            // and the feed's next part of a log are one seek each, and a second index on the position alone (about
            // 50 bytes a chunk) is spared. The times are in it so that a range of them is found without touching the
            // chunks outside of it; they cost 16 bytes a chunk.
            """
            CREATE TABLE chunk (
              log_id INT NOT NULL, last_position BIGINT NOT NULL, first_time BIGINT NOT NULL, last_time BIGINT NOT NULL,
              first_position BIGINT NOT NULL, first_record BIGINT NOT NULL, records INT NOT NULL, run INT NOT NULL,
              first_sequence BIGINT NOT NULL, last_sequence BIGINT NOT NULL, lost BIGINT NOT NULL,
              summary VARCHAR(1000) FOR BIT DATA NOT NULL,
              codec SMALLINT NOT NULL, crc INT NOT NULL, data VARCHAR(32000) FOR BIT DATA NOT NULL,
              CONSTRAINT chunk_key PRIMARY KEY (log_id, last_position, first_time, last_time))""",
            "CREATE TABLE journal (id BIGINT NOT NULL PRIMARY KEY, data BLOB NOT NULL)",
            "CREATE TABLE bookmark (reader VARCHAR(1000) NOT NULL PRIMARY KEY, position_taken BIGINT NOT NULL,"
                    + " missed BIGINT NOT NULL DEFAULT 0)",
            "CREATE TABLE arrival (since_hour BIGINT NOT NULL PRIMARY KEY, position_before BIGINT NOT NULL)");

    /** By day first, because that is what people ask for. */
    private static final String LOSS = """
            CREATE TABLE loss (
              loss_day BIGINT NOT NULL, log_id INT NOT NULL, cause SMALLINT NOT NULL, records BIGINT NOT NULL,
              CONSTRAINT loss_key PRIMARY KEY (loss_day, log_id, cause))""";

    private Schema() {
    }

    static void create(Connection connection) throws SQLException {
        try (CallableStatement set = connection.prepareCall("CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY(?, ?)");
                Statement make = connection.createStatement()) {
            for (Map.Entry<String, String> property : PROPERTIES.entrySet()) {
                set.setString(1, property.getKey());
                set.setString(2, property.getValue());
                set.execute();
            }
            connection.commit();
            for (String statement : TABLES) {
                make.execute(statement);
            }
            connection.commit();
        }
    }

    /** @throws IllegalStateException if these tables are another version's */
    static void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT version FROM schema_version")) {
            found.next();
            int version = found.getInt(1);
            if (version != VERSION) {
                throw new IllegalStateException("The archive is of version " + version
                        + "; this software reads version " + VERSION + " and leaves it untouched");
            }
        }
    }

    /** Adds what came after version 1; the release before does not know it and goes on without. */
    static void expand(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean there;
            try (ResultSet found = statement.executeQuery("SELECT 1 FROM sys.systables WHERE tablename = 'LOSS'")) {
                there = found.next();
            }
            if (!there) {
                statement.execute(LOSS);
                connection.commit();
            }
        }
    }
}
