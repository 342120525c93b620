// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

public class SchemaTest {

    private static final List<Schema.Step> NEXT_RELEASE = List.of(
            new Schema.Step(3, 2, List.of("ALTER TABLE chunk ADD COLUMN mean DOUBLE",
                    "CREATE TABLE annotation (id INT NOT NULL PRIMARY KEY, text VARCHAR(100))")),
            new Schema.Step(4, 3, List.of("ALTER TABLE trend_log ADD COLUMN colour INT")));

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();

    @Test
    public void tablesThatTheNextReleaseAddedToAreReadAndWritten() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 3_000));
        migrate(NEXT_RELEASE.subList(0, 1));
        assertEquals(List.of(3, 2), numbers());
        disk.restart();
        disk.append(1, 1, reals(3_001, 3_000));
        disk.restart();
        LongLists.assertSame("read and written", reals(1, 6_000), disk.all(1));
        assertEquals("the number is the next release's still", List.of(3, 2), numbers());
    }

    @Test
    public void tablesOfTwoReleasesLaterAreRefusedAndLeftUntouched() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 3_000));
        migrate(NEXT_RELEASE);
        disk.get().close();
        assertEquals("The archive is of version 4 and needs software of version 3 or newer; this one is of version 2"
                + " and leaves it untouched: install the newer software again, or restore a backup made with this"
                + " one", assertThrows(IllegalStateException.class, disk::open).getMessage());
        try (Connection connection = disk.connectAlone(); Statement statement = connection.createStatement()) {
            statement.execute("UPDATE schema_version SET needs = 2");
        }
        disk.open();
        LongLists.assertSame("untouched", reals(1, 3_000), disk.all(1));
    }

    @Test
    public void tablesFromBeforeTheFirstReleaseAreRefusedWithTheWayOut() throws SQLException {
        disk.sql("DROP TABLE schema_version", "CREATE TABLE schema_version (version INT NOT NULL)",
                "INSERT INTO schema_version VALUES (1)");
        disk.get().close();
        String refusal = assertThrows(IllegalStateException.class, disk::open).getMessage();
        assertTrue(refusal, refusal.contains("version 1, from before the first release"));
        assertTrue(refusal, refusal.contains("move it out of the way"));
        try (Connection connection = disk.connectAlone(); Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE schema_version ADD COLUMN needs INT");
            statement.execute("UPDATE schema_version SET version = 2, needs = 2");
        }
        disk.open();
    }

    @Test
    public void aMigrationGoesOnAtTheStepWhereItWasBrokenOff() throws SQLException {
        List<Schema.Step> broken = List.of(NEXT_RELEASE.get(0), new Schema.Step(4, 3,
                List.of("ALTER TABLE trend_log ADD COLUMN colour INT", "ALTER TABLE nothing ADD COLUMN size INT")));
        assertThrows(SQLException.class, () -> migrate(broken));
        assertEquals(List.of(3, 2), numbers());
        migrate(NEXT_RELEASE);
        assertEquals(List.of(4, 3), numbers());
        migrate(NEXT_RELEASE);
        disk.sql("UPDATE schema_version SET version = 2, needs = 2");
    }

    private void migrate(List<Schema.Step> steps) throws SQLException {
        try (Connection connection = disk.connect()) {
            connection.setAutoCommit(false);
            try {
                Schema.migrate(connection, steps);
            } finally {
                connection.rollback();
            }
        }
    }

    private List<Integer> numbers() throws SQLException {
        try (Connection connection = disk.connect(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT version, needs FROM schema_version")) {
            row.next();
            return List.of(row.getInt(1), row.getInt(2));
        }
    }
}
