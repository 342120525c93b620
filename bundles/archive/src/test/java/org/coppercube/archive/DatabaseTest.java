// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.coppercube.api.archive.ArchiveException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DatabaseTest {

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aHalfMadeDatabaseIsThrownAway() throws IOException {
        disk.get().close();
        Path fresh = folder.getRoot().toPath();
        Files.createDirectories(fresh.resolve("db.new/seg0"));
        Files.writeString(fresh.resolve("db.new/seg0/c10.dat"), "not much");
        Files.writeString(fresh.resolve("db.new/service.properties"), "");
        try (DerbyArchive archive = new DerbyArchive(fresh, 1_000, Clock.systemUTC())) {
            assertEquals(0, archive.end());
            assertFalse(Files.exists(fresh.resolve("db.new")));
        }
        disk.open();
    }

    @Test
    public void twoArchivesNeverShareADirectory() {
        IllegalStateException refusal = assertThrows(IllegalStateException.class,
                () -> new DerbyArchive(disk.directory(), 1_000, Clock.systemUTC()));
        assertTrue(refusal.getMessage(), refusal.getMessage().contains(disk.directory() + " is in use"));
        disk.describe(1);
        assertEquals("the first one goes on", 1, disk.append(1, 1, reals(1, 1)));
    }

    @Test
    public void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
        Path file = folder.newFile("plain").toPath();
        ArchiveException refusal = assertThrows(ArchiveException.class,
                () -> new DerbyArchive(file.resolve("archive"), 1_000, Clock.systemUTC()));
        assertTrue(refusal.getMessage(), refusal.getMessage().contains(file.toString()));
    }

    @Test
    public void whatWasClosedIsOpenedByDerbyAlone() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 5_000));
        disk.get().close();
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(disk.directory().resolve("db").toString()); // as releases before did
        EngineMessages messages = new EngineMessages(disk.directory());
        try (messages; Connection connection = source.getConnection()) {
            assertEquals(0, LossTable.totals(connection).size());
        }
        source.setShutdownDatabase("shutdown");
        assertEquals("08006", assertThrows(SQLException.class, source::getConnection).getSQLState());
        disk.open();
        LongLists.assertSame("log 1", reals(1, 5_000), disk.all(1));
    }

    @Test
    public void derbyWritesItsMessagesIntoTheArchiveOnly() {
        assertTrue(Files.exists(disk.directory().resolve("derby.log")));
        assertNull(System.getProperty("derby.stream.error.file"));
        disk.get().close();
        disk.get().close();
        assertFalse(Files.exists(Path.of("derby.log")));
    }
}
