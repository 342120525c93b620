// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.health.Health;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ArchiveKeeperTest {

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private volatile DerbyArchive offered;

    @Test
    public void offersTheArchiveUntilItIsClosed() {
        disk.get().close();
        DerbyArchive archive;
        try (ArchiveKeeper keeper = keep(disk.directory())) {
            until(() -> offered != null);
            assertEquals(Health.Level.OK, keeper.check().level());
            archive = offered;
            assertEquals(0, archive.end());
        }
        assertEquals(null, offered);
        assertThrows(ArchiveException.class, archive::end);
        assertTrue(Thread.getAllStackTraces().keySet().stream().noneMatch(t -> t.getName().equals("archive-keeper")));
        disk.open();
    }

    @Test
    public void saysWhatIsInTheWayAndOpensTheArchiveWhenItIsGone() throws IOException {
        disk.get().close();
        Path inTheWay = folder.newFile("data").toPath();
        try (ArchiveKeeper keeper = keep(inTheWay.resolve("archive"))) {
            until(() -> keeper.check().level() == Health.Level.FAILED);
            assertTrue(keeper.check().detail(), keeper.check().detail().contains(inTheWay.toString()));
            assertFalse("names nothing in public", keeper.check().publicLine().contains("data"));
            assertEquals(null, offered);
            Files.delete(inTheWay);
            until(() -> offered != null);
            assertEquals(Health.Level.OK, keeper.check().level());
        }
        disk.open();
    }

    @Test
    public void waitsForAnotherProcessToLetGo() {
        try (ArchiveKeeper keeper = keep(disk.directory())) {
            until(() -> keeper.check().detail().contains("in use by another process"));
            disk.get().close();
            until(() -> offered != null);
        }
        disk.open();
    }

    @Test
    public void tellsWhatDerbyFound() throws IOException {
        disk.get().close();
        Path control = disk.directory().resolve("db/log/log.ctrl");
        Path mirror = disk.directory().resolve("db/log/logmirror.ctrl");
        byte[] whole = Files.readAllBytes(control);
        Files.write(control, new byte[100]);
        Files.write(mirror, new byte[100]);
        try (ArchiveKeeper keeper = keep(disk.directory())) {
            until(() -> keeper.check().level() == Health.Level.FAILED);
            assertTrue(keeper.check().detail(), keeper.check().detail().contains("XSLAC"));
            Files.write(control, whole);
            Files.write(mirror, whole);
            until(() -> offered != null);
        }
        disk.open();
    }

    @Test
    public void closesWhatNobodyWouldTake() {
        disk.get().close();
        try (ArchiveKeeper keeper = new ArchiveKeeper(() -> open(disk.directory()), archive -> {
            throw new IllegalStateException("the bundle is stopped");
        }, Duration.ofMinutes(1))) {
            until(() -> keeper.check().detail().contains("the bundle is stopped"));
        }
        disk.open();
    }

    @Test
    public void liesBelowTheDataOfTheApplianceUnlessToldOtherwise() {
        Map<String, String> both = Map.of("cube.data", "/var/cube", "karaf.data", "/opt/karaf/data");
        assertEquals(Path.of("/var/cube/archive"), ArchiveKeeper.directory(both::get, ""));
        assertEquals(Path.of("/var/cube/old"), ArchiveKeeper.directory(both::get, " old "));
        assertEquals(Path.of("/mnt/disk"), ArchiveKeeper.directory(both::get, "/mnt/disk"));
        assertEquals(Path.of("/k/archive"), ArchiveKeeper.directory(Map.of("karaf.data", "/k")::get, ""));
        assertEquals(Path.of("/mnt/disk"), ArchiveKeeper.directory(name -> null, "/mnt/disk"));
        assertThrows(IllegalArgumentException.class, () -> ArchiveKeeper.directory(name -> null, ""));
    }

    private ArchiveKeeper keep(Path directory) {
        return new ArchiveKeeper(() -> open(directory), archive -> {
            offered = archive;
            return () -> offered = null;
        }, Duration.ofMillis(20));
    }

    private static DerbyArchive open(Path directory) {
        return new DerbyArchive(directory, Journal.MOST_BYTES, Clock.systemUTC());
    }

    private static void until(BooleanSupplier condition) {
        for (long deadline = System.nanoTime() + 20_000_000_000L; !condition.getAsBoolean(); Thread.onSpinWait()) {
            assertTrue("in time", System.nanoTime() < deadline);
        }
    }
}
