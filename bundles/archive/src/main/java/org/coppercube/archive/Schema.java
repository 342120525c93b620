// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * The tables. With them lie two numbers: the version they have, and the oldest version of this software (its
 * {@link #VERSION}) that may still read and write them. A {@link Step} to a new version only adds: the release before
 * goes on with such tables without knowing what was added, so that a rollback loses nothing; what the step makes
 * superfluous is dropped one release later.
 */
final class Schema {

    static final int VERSION = 2;

    /** The oldest software that may use tables of that version; version 1 was before the first release. */
    private static final int NEEDS = 2;

    /**
     * Leads from the version before to this one.
     *
     * @param version what the tables are then
     * @param needs oldest version of the software that may use them then: the release before, or this one's
     * @param statements what is added; rows written by the release before have nothing in it
     */
    record Step(int version, int needs, List<String> statements) {
    }

    private static final List<Step> STEPS = List.of();

    /** With the stock pages of 4 kB, a fifth of each reserved, the chunks would take a quarter more room. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "derby.storage.pageSize", "32768",
            "derby.storage.pageReservedSpace", "0",
            "derby.storage.pageCacheSize", "400",
            "derby.storage.indexStats.auto", "false", // every statement names its key or reads all
            "derby.locks.waitTimeout", "20");

    private static final List<String> TABLES = List.of(
            "CREATE TABLE schema_version (version INT NOT NULL, needs INT NOT NULL)",
            "INSERT INTO schema_version VALUES (" + VERSION + ", " + NEEDS + ")",
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
              last_chain CHAR(32) FOR BIT DATA, dropped_chain CHAR(32) FOR BIT DATA,
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
              chain CHAR(32) FOR BIT DATA NOT NULL,
              CONSTRAINT chunk_key PRIMARY KEY (log_id, last_position, first_time, last_time))""",
            "CREATE TABLE journal (id BIGINT NOT NULL PRIMARY KEY, data BLOB NOT NULL)",
            "CREATE TABLE bookmark (reader VARCHAR(1000) NOT NULL PRIMARY KEY, position_taken BIGINT NOT NULL,"
                    + " missed BIGINT NOT NULL DEFAULT 0)",
            "CREATE TABLE arrival (since_hour BIGINT NOT NULL PRIMARY KEY, position_before BIGINT NOT NULL)",
            // By day first, because that is what people ask for.
            """
            CREATE TABLE loss (
              loss_day BIGINT NOT NULL, log_id INT NOT NULL, cause SMALLINT NOT NULL, records BIGINT NOT NULL,
              CONSTRAINT loss_key PRIMARY KEY (loss_day, log_id, cause))""");

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

    /** Brings the tables to this version. @throws IllegalStateException if that cannot be; nothing has changed then */
    static void migrate(Connection connection) throws SQLException {
        migrate(connection, STEPS);
    }

    /** @param steps without a hole, the last of them leading to the newest version that is known */
    static void migrate(Connection connection, List<Step> steps) throws SQLException {
        int newest = steps.isEmpty() ? VERSION : steps.get(steps.size() - 1).version();
        int found = requireUsable(connection, newest);
        for (Step step : steps) {
            if (step.version() > found) {
                try (Statement statement = connection.createStatement()) {
                    for (String each : step.statements()) {
                        statement.execute(each);
                    }
                    statement.execute("UPDATE schema_version SET version = " + step.version() + ", needs = "
                            + step.needs());
                }
                connection.commit(); // in Derby the tables change in the transaction, too
            }
        }
    }

    private static int requireUsable(Connection connection, int newest) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM schema_version")) {
            found.next();
            int version = found.getInt("version");
            if (version < 2) {
                throw new IllegalStateException("The archive is of version " + version + ", from before the first"
                        + " release, and no release reads it; move it out of the way, and a new one is made that reads"
                        + " again what the devices still have");
            }
            int needs = found.getInt("needs");
            if (needs > newest) {
                throw new IllegalStateException("The archive is of version " + version + " and needs software of"
                        + " version " + needs + " or newer; this one is of version " + newest + " and leaves it"
                        + " untouched: install the newer software again, or restore a backup made with this one");
            }
            return version;
        }
    }
}
