// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.flat;
import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.log;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.coppercube.archive.DamageTest.gap;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.archive.Interval;
import org.coppercube.api.archive.Rollup;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample.TimeSource;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

/** What damage took of a chunk is told in its place, the same each time, and everything else is served. */
public class DamageTest {

    private static final long QUARTER = 90_000;

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk(20_000);

    @Test
    public void aDamagedChunkIsOneGapInItsPlace() throws SQLException {
        threeChunks();
        disk.sql("UPDATE chunk SET crc = crc + 1 WHERE first_record = 2048");
        List<Sample> expected = new ArrayList<>(reals(1, 2_048));
        expected.add(gap(2_049, 2_048, QUARTER * 2_049));
        expected.addAll(reals(4_097, 2_048));
        LongLists.assertSame("in pages", expected, disk.all(1));
        assertEquals("the page that begins with it", expected.get(2_048),
                flat(disk.get().samples(id(1), 0, Long.MAX_VALUE, 2_060, 5).slices()).get(0));
        assertEquals(Health.Level.DEGRADED, disk.get().health().level());
        disk.restart();
        LongLists.assertSame("restarted", expected, disk.all(1));
    }

    @Test
    public void theGapLiesInEveryRangeThatTheDamageTouches() throws SQLException {
        threeChunks();
        disk.sql("UPDATE chunk SET data = X'' WHERE first_record = 2048");
        long from = QUARTER * 3_000;
        assertEquals(List.of(gap(2_049, 2_048, from)), flat(disk.pages(1, from, from + QUARTER, 10)));
        assertEquals(List.of(gap(2_049, 2_048, from), reals(4_097, 1).get(0)),
                flat(disk.pages(1, from, QUARTER * 4_098, 1)));
        assertEquals(reals(1, 2_048), flat(disk.pages(1, 0, QUARTER * 2_049, 5_000)));
    }

    @Test
    public void aFollowerIsToldAtTheLastPositionAndGoesOn() throws Exception {
        threeChunks();
        disk.describe(2);
        disk.append(2, 1, reals(1, 3));
        disk.sql("UPDATE chunk SET crc = crc + 1 WHERE first_record IN (0, 4096)");
        assertTrue(disk.get().await(0, Duration.ZERO));
        Entry first = new Entry(2_048, log(1), 1, List.of(gap(1, 2_048, QUARTER)));
        assertEquals(List.of(first), disk.get().read(0, 1));
        assertEquals(List.of(first), disk.get().read(2_047, 1));
        assertEquals(List.of(new Entry(2_049, log(1), 1, reals(2_049, 1))), disk.get().read(2_048, 1));
        assertEquals(List.of(new Entry(6_144, log(1), 1, List.of(gap(4_097, 2_048, QUARTER * 4_097))),
                new Entry(6_147, log(2), 1, reals(1, 3))), disk.get().read(4_096, 10));
        assertEquals(6_147, disk.get().end());
    }

    @Test
    public void chartsAndRollUpsPassOverWhatIsDamaged() throws SQLException {
        threeChunks();
        List<Rollup> whole = days();
        disk.sql("UPDATE chunk SET crc = crc + 1 WHERE first_record = 2048");
        disk.restart();
        long middle = QUARTER * 2_049;
        assertEquals(whole.stream().filter(row -> row.end() <= middle || row.start() > middle + QUARTER * 2_048)
                .toList(), days().stream().filter(row -> row.end() <= middle || row.start() > middle + QUARTER * 2_048)
                .toList());
        assertEquals(4_096, days().stream().mapToLong(Rollup::count).sum());
        assertTrue(disk.get().extremes(id(1), Long.MIN_VALUE, Long.MAX_VALUE, 200).size() > 0);
    }

    @Test
    public void aDamagedSummaryIsMadeUpForByTheSamples() throws SQLException {
        threeChunks();
        List<Rollup> rollups = disk.get().rollups(id(1), Long.MIN_VALUE, Long.MAX_VALUE, Interval.parse("12mo"), 9)
                .rows();
        List<?> extremes = disk.get().extremes(id(1), Long.MIN_VALUE, Long.MAX_VALUE, 2);
        byte[] summary = Summary.of(reals(2_049, 2_048)).encode();
        List<byte[]> damages = new ArrayList<>(List.of(new byte[0], new byte[1], new byte[200]));
        for (int bit = 0; bit < 8 * summary.length; bit++) {
            byte[] flipped = summary.clone();
            flipped[bit / 8] ^= 1 << bit % 8;
            damages.add(flipped);
        }
        for (byte[] damage : damages) {
            try (Connection connection = disk.connect(); PreparedStatement update = connection.prepareStatement(
                    "UPDATE chunk SET summary = ? WHERE first_record = 2048")) {
                update.setBytes(1, damage);
                update.executeUpdate();
            }
            assertEquals(rollups, disk.get().rollups(id(1), Long.MIN_VALUE, Long.MAX_VALUE, Interval.parse("12mo"), 9)
                    .rows());
            assertEquals(extremes, disk.get().extremes(id(1), Long.MIN_VALUE, Long.MAX_VALUE, 2));
        }
        String detail = disk.get().health().detail();
        assertTrue(detail, detail.contains("summary of chunk 4096 of hq.1200.TL1"));
    }

    private List<Rollup> days() {
        return disk.get().rollups(id(1), Long.MIN_VALUE, Long.MAX_VALUE, Interval.parse("1d"), 1_000).rows();
    }

    private void threeChunks() {
        disk.describe(1);
        disk.append(1, 1, reals(1, 3 * 2_048));
    }

    private static Sample gap(long first, long count, long time) {
        return gap(first, count, time, 0);
    }

    static Sample gap(long first, long count, long time, int offset) {
        return new Sample(first, time, offset, TimeSource.NEXT, 0, new Reading.Gap(count, Cause.ARCHIVE_DAMAGED));
    }
}
