// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.health.Health;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

/** On a disk that says of itself what the test wants it to, but for the ballast, which takes what it takes. */
public class DiskGuardTest {

    private static final long MB = 1 << 20;
    private static final DiskLimits LIMITS = new DiskLimits(80, 40 * MB, 3 * MB);

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();

    private volatile long freeBesidesBallast;
    private volatile boolean silent;
    private final AtomicInteger looks = new AtomicInteger();

    @After
    public void letItClose() {
        silent = false;
    }

    @Test
    public void intakeStopsBelowTheMarkAndGoesOnByItselfAboveIt() {
        start(1_000, LIMITS);
        until(() -> ballast() == 3 * MB);
        assertEquals(Health.Level.OK, disk.get().health().level());
        assertEquals(10, disk.append(1, 1, reals(1, 10)));
        freeBesidesBallast = 42 * MB; // 39 with the ballast
        until(() -> disk.get().health().level() == Health.Level.FAILED);
        ArchiveException refusal = assertThrows(ArchiveException.class, () -> disk.append(1, 1, reals(11, 1)));
        assertTrue(refusal.getMessage(), refusal.getMessage().startsWith("The archive takes in nothing: 42 MB are free"
                + " on the disk of " + disk.directory() + " and 53 MB are needed;"
                + " make room, keep less (retention.days"));
        assertTrue(disk.get().health().detail(), disk.get().health().detail().contains("53 MB are needed"));
        assertFalse(disk.get().health().publicLine().contains(disk.directory().toString()));
        assertEquals("the ballast is gone", 0, ballast());
        LongLists.assertSame("queries go on", reals(1, 10), disk.all(1));
        assertEquals("the feed goes on", 1, disk.wholeFeed().size());
        disk.get().moveBookmark("sql", 10);
        freeBesidesBallast = 52 * MB;
        until(() -> disk.get().health().detail().contains("52 MB are free"));
        assertThrows("not for a little", ArchiveException.class, () -> disk.append(1, 1, reals(11, 1)));
        assertEquals(0, ballast());
        freeBesidesBallast = 53 * MB;
        until(() -> disk.get().health().level() != Health.Level.FAILED);
        assertEquals(1, disk.append(1, 1, reals(11, 1)));
        assertEquals(3 * MB, ballast());
    }

    @Test
    public void aNearlyFullDiskIsAWarning() {
        start(1_000, LIMITS);
        until(() -> ballast() == 3 * MB);
        freeBesidesBallast = 202 * MB; // 199 with the ballast, of 1,000
        until(() -> disk.get().health().level() == Health.Level.DEGRADED);
        assertTrue(disk.get().health().detail(), disk.get().health().detail().contains("80 % full (199 MB are free)"));
        assertEquals(10, disk.append(1, 1, reals(1, 10)));
        freeBesidesBallast = 213 * MB;
        awaitLooks();
        assertEquals("not for a little", Health.Level.DEGRADED, disk.get().health().level());
        freeBesidesBallast = 300 * MB;
        until(() -> disk.get().health().level() == Health.Level.OK);
    }

    @Test
    public void eachAppendSeesTheDiskFillUpWithoutWaitingForTheNextLook() {
        freeBesidesBallast = 1_000 * MB;
        restart(new DiskLimits(80, 40 * MB, 0), Duration.ofDays(1));
        disk.describe(1);
        freeBesidesBallast = 39 * MB;
        until(() -> !isTakingIn(disk.get().end() + 1));
        assertTrue(disk.get().health().detail(), disk.get().health().detail().contains("39 MB are free"));
    }

    @Test
    public void aWriteThatFailsHasTheDiskLookedAtAtOnce() throws SQLException {
        freeBesidesBallast = 1_000 * MB;
        restart(new DiskLimits(80, 40 * MB, 0), Duration.ofDays(1));
        disk.describe(1);
        disk.append(1, 1, reals(1, 1));
        disk.sql("CREATE TRIGGER fault AFTER INSERT ON bookmark VALUES 1 / (SELECT MIN(log_id) - 1 FROM trend_log)");
        freeBesidesBallast = 39 * MB;
        assertThrows(ArchiveException.class, () -> disk.get().moveBookmark("sql", 1));
        assertTrue(disk.get().health().detail(), disk.get().health().detail().contains("39 MB are free"));
    }

    /** Derby may find no room to start; here it cannot write its lock. */
    @Test
    public void theBallastIsThrownOverboardBeforeDerbyStarts() throws IOException {
        start(1_000, LIMITS);
        until(() -> ballast() == 3 * MB);
        disk.get().close();
        Path lock = Files.createDirectory(disk.directory().resolve("db/db.lck"));
        freeBesidesBallast = 10 * MB;
        assertThrows(ArchiveException.class, disk::open);
        assertEquals(0, ballast());
        Files.delete(lock);
        disk.open();
    }

    /** As with a quota. */
    @Test
    public void whatDerbySaysCountsMoreThanWhatTheDiskSays() throws SQLException, IOException {
        disk.get().close();
        try (Database database = Database.open(disk.directory())) {
            ArchiveHealth health = new ArchiveHealth();
            DiskGuard guard = new DiskGuard(disk.directory(), LIMITS, () -> new DiskSpace(1_000 * MB, 1_000 * MB),
                    database, health);
            guard.keepUp(() -> true);
            assertEquals(3 * MB, ballast());
            guard.failed(new SQLException("a constraint", "23505"));
            guard.requireRoom();
            guard.failed(new SQLException("statement", "XJ001", new SQLException("log", "XSLA4")));
            assertThrows(ArchiveException.class, guard::requireRoom);
            assertEquals(0, ballast());
            guard.keepUp(() -> true);
            guard.requireRoom();
            assertEquals(3 * MB, ballast());
        }
        disk.open();
    }

    @Test
    public void theBallastIsAsLargeAsItIsSet() {
        start(1_000, LIMITS);
        until(() -> ballast() == 3 * MB);
        start(1_000, new DiskLimits(80, 40 * MB, 5 * MB));
        until(() -> ballast() == 5 * MB);
        start(1_000, new DiskLimits(80, 40 * MB, MB));
        until(() -> ballast() == MB);
        start(1_000, new DiskLimits(80, 40 * MB, 0));
        until(() -> Files.notExists(disk.directory().resolve("ballast")));
    }

    @Test
    public void whereThereIsNoRoomForItThereIsNoBallast() {
        start(52, LIMITS);
        awaitLooks();
        assertEquals(0, ballast());
        assertEquals(1, disk.append(1, 1, reals(1, 1)));
    }

    @Test
    public void roomThatRetentionMadeWithinTheFileCountsButNotMoreThanTheDiskHas() {
        disk.describe(1);
        for (int first = 1; first <= 500_000; first += 20_000) {
            disk.append(1, 1, RetentionForReadersTest.noise(first, 20_000));
        }
        DiskLimits limits = new DiskLimits(80, 2 * MB, 0);
        freeBesidesBallast = MB + MB / 2;
        restart(limits, Duration.ofMillis(1));
        assertThrows(ArchiveException.class, () -> disk.append(1, 1, reals(500_001, 1)));
        disk.restartWithin(new Limits(new RetentionRules(0, List.of(), 100_000), limits, Duration.ofMillis(1),
                Duration.ofMillis(1)));
        until(() -> isTakingIn(500_001));
        assertTrue(disk.get().totals().samples() < 50_000);
        freeBesidesBallast = MB - 1;
        until(() -> disk.get().health().level() == Health.Level.FAILED);
    }

    @Test
    public void aDiskThatDoesNotSayHowFullItIsStopsNothing() {
        start(1_000, LIMITS);
        silent = true;
        awaitLooks();
        assertEquals(1, disk.append(1, 1, reals(1, 1)));
    }

    private void start(long free, DiskLimits limits) {
        freeBesidesBallast = free * MB;
        restart(limits, Duration.ofMillis(1));
        disk.describe(1);
    }

    private void restart(DiskLimits limits, Duration pace) {
        disk.restartOn(() -> {
            looks.incrementAndGet();
            if (silent) {
                throw new IOException("no answer");
            }
            return new DiskSpace(1_000 * MB, Math.max(0, freeBesidesBallast - ballast()));
        });
        disk.restartWithin(new Limits(Limits.NONE.retention(), limits, pace, pace));
    }

    private boolean isTakingIn(long sequence) {
        try {
            return disk.append(1, 1, reals(sequence, 1)) == 1;
        } catch (ArchiveException e) {
            assertTrue(e.getMessage(), e.getMessage().startsWith("The archive takes in nothing"));
            return false;
        }
    }

    private void awaitLooks() {
        int before = looks.get();
        until(() -> looks.get() > before + 3);
    }

    private long ballast() {
        return disk.directory().resolve("ballast").toFile().length();
    }

    private static void until(BooleanSupplier condition) {
        for (long deadline = System.nanoTime() + 60_000_000_000L; !condition.getAsBoolean(); Thread.onSpinWait()) {
            assertTrue("in time", System.nanoTime() < deadline);
        }
    }
}
