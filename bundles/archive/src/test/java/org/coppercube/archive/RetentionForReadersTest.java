// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.coppercube.archive.Sweeps.until;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

/** What readers have not taken is kept for them, but not beyond what the disk may take. */
public class RetentionForReadersTest {

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();

    private final Sweeps sweeps = new Sweeps(disk);

    @Test
    public void whatAReaderHasNotTakenStaysAndHealthSaysForWhom() {
        disk.describe(1);
        disk.append(1, 1, reals(1, 10_000));
        disk.get().moveBookmark("uplink", 10_000);
        disk.get().moveBookmark("sql", 2_100);
        sweeps.keep(60);
        until(() -> sweeps.held(1) == 7_952);
        until(() -> health().detail().contains("2048 records"));
        assertEquals(Health.Level.DEGRADED, health().level());
        assertTrue(health().detail(), health().detail().contains("kept for sql, who is at position 2100"));
        assertTrue(health().publicLine(), !health().publicLine().contains("sql"));
        disk.get().moveBookmark("sql", 4_095);
        sweeps.awaitSome();
        assertEquals(7_952, sweeps.held(1));
        disk.get().moveBookmark("sql", 4_096);
        until(() -> sweeps.held(1) == 5_904 && health().level() == Health.Level.OK);
        assertEquals(0, disk.get().missed("sql"));
    }

    @Test
    public void forAReaderThatIsForgottenNothingIsKept() {
        disk.describe(1);
        disk.append(1, 1, reals(1, 10_000));
        disk.get().moveBookmark("gone", 0);
        sweeps.keep(60);
        until(() -> health().detail().contains("4096 records"));
        assertEquals(10_000, sweeps.held(1));
        disk.get().forget("gone");
        disk.get().forget("never there");
        until(() -> sweeps.held(1) == 5_904 && health().level() == Health.Level.OK);
        disk.restart();
        assertEquals(Map.of(), disk.get().bookmarks());
    }

    @Test
    public void theDiskLimitPassesAReaderAndCountsWhatHeMissed() throws SQLException {
        disk.describe(2);
        for (int first = 1; first <= 40_000; first += 400) {
            disk.append(1, 1, noise(first, 400));
            disk.append(2, 1, noise(first, 400));
        }
        disk.get().moveBookmark("uplink", 80_000);
        disk.get().moveBookmark("sql", 500);
        long limit = used() / 2;
        sweeps.start(new RetentionRules(0, List.of(), limit));
        until(() -> used() <= limit && health().detail().contains("sql missed " + disk.get().missed("sql") + " rec"));
        disk.restartWithin(Limits.NONE); // a sweep that is not at its end yet would go on dropping
        long dropped = 80_000 - sweeps.held(1) - sweeps.held(2);
        assertTrue(dropped + " dropped", dropped > 20_000);
        assertTrue("evenly: " + sweeps.held(1) + " and " + sweeps.held(2),
                Math.abs(sweeps.held(1) - sweeps.held(2)) <= 2_048);
        assertEquals("he had taken the first 500", dropped - 500, disk.get().missed("sql"));
        assertEquals(0, disk.get().missed("uplink"));
        disk.restart();
        assertEquals(Health.Level.DEGRADED, health().level());
        assertTrue(health().detail(), health().detail().contains("sql missed " + (dropped - 500) + " records"));
        disk.get().moveBookmark("sql", 80_000);
        assertEquals("who goes on has not been told yet", dropped - 500, disk.get().missed("sql"));
        disk.get().acknowledge("sql");
        assertEquals(0, disk.get().missed("sql"));
        assertEquals(Health.Level.OK, health().level());
        disk.restart();
        assertEquals(Health.Level.OK, health().level());
        assertEquals(80_000L, disk.get().bookmark("sql"));
    }

    @Test
    public void theFileGrowsNoMoreWhenAsMuchIsDroppedAsComes() {
        long limit = 1 << 20;
        sweeps.start(new RetentionRules(0, List.of(), limit));
        disk.describe(1);
        for (int first = 1; first <= 400_000; first += 20_000) {
            disk.append(1, 1, noise(first, 20_000));
            until(() -> used() <= limit);
        }
        long size = largestFile();
        for (int first = 400_001; first <= 1_200_000; first += 20_000) {
            disk.append(1, 1, noise(first, 20_000));
            until(() -> used() <= limit);
        }
        assertEquals(size, largestFile());
        assertTrue(sweeps.held(1) + " held", sweeps.held(1) > 40_000); // 1 MB has room for 200,000, with full pages
        until(() -> sweeps.held(1) == sweeps.fed()); // behind all that is dropped
    }

    private long largestFile() {
        File[] files = disk.directory().resolve("db/seg0").toFile().listFiles();
        return Stream.of(files).mapToLong(File::length).max().orElseThrow();
    }

    private long used() {
        try (Connection connection = disk.connect()) {
            return ChunkSpace.read(connection).used();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What takes its four bytes each, however it is compressed. */
    static List<Sample> noise(long first, int count) {
        Random random = new Random(first);
        return reals(first, count).stream().map(sample -> new Sample(sample.sequence(), sample.time(), 0,
                new Reading.Real(Float.intBitsToFloat(random.nextInt())))).toList();
    }

    private Health health() {
        return disk.get().health();
    }
}
