// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.real;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.coppercube.archive.Sweeps.until;
import static org.junit.Assert.assertEquals;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.Loss;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

/** A sample each quarter of an hour: a chunk of 2,048 is 21 days and 8 hours. */
public class RetentionTest {

    private static final long QUARTER = 90_000;

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();

    private final Sweeps sweeps = new Sweeps(disk);

    @Test
    public void wholeChunksGoWhenTheirNewestSampleIsTooOld() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 10_000));
        Holding before = disk.get().holding(id(1)).orElseThrow();
        sweeps.keep(60);
        until(() -> sweeps.held(1) == 5_904);
        sweeps.awaitSome();
        for (int round = 0; round < 2; round++) {
            LongLists.assertSame("held", reals(4_097, 5_904), disk.all(1));
            assertEquals(new Holding(before.log(), 5_904, 0, QUARTER * 4_097, before.last(), 1, 10_000),
                    disk.get().holding(id(1)).orElseThrow());
            assertEquals(5_904, disk.get().totals().samples());
            assertEquals(10_000, disk.get().end());
            assertEquals(real(10_000, QUARTER * 10_000),
                    disk.get().resumePoint(id(1)).orElseThrow().last().orElseThrow());
            assertEquals(5_904, sweeps.fed());
            assertEquals(4_096, disk.get().read(0, 1).get(0).position() - 1);
            assertEquals(2, rows());
            disk.restart();
        }
        assertEquals("what is known stays known", 10, disk.append(1, 1, reals(1, 10_010)));
        assertEquals(10_010, disk.get().end());
    }

    @Test
    public void ofALogThatHasEndedTheResumePointStays() throws SQLException {
        disk.describe(2);
        disk.append(1, 3, reals(1, 4_096));
        disk.append(2, 1, reals(1, 50_000));
        sweeps.keep(60);
        until(() -> sweeps.held(1) == 0);
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(), disk.all(1));
            assertEquals(new Holding(ArchiveOnDisk.log(1), 0, 0, 0, 0, 3, 4_096),
                    disk.get().holding(id(1)).orElseThrow());
            assertEquals(4_096, disk.get().resumePoint(id(1)).orElseThrow().sequence());
            assertEquals(1, disk.get().totals().logs());
            assertEquals(List.of(), disk.get().extremes(id(1), 0, Long.MAX_VALUE, 10));
            disk.restart();
        }
        assertEquals(1, disk.append(1, 3, reals(4_096, 2)));
        assertEquals(54_097, disk.get().end());
        assertEquals(QUARTER * 4_097, disk.get().holding(id(1)).orElseThrow().first());
    }

    @Test
    public void eachLogHasTheDaysOfTheFirstPatternThatFits() {
        disk.describe(4);
        for (int log = 1; log <= 4; log++) {
            disk.append(log, 1, reals(1, 10_000));
        }
        sweeps.start(new RetentionRules(80, Stream.of("hq.1200.TL2=0", "hq.*2=40", "hq.1200.TL3 = 40", "*.TL4=0")
                .map(RetentionRules.Rule::parse).toList(), 0));
        until(() -> sweeps.held(1) == 7_952 && sweeps.held(3) == 3_856);
        sweeps.awaitSome();
        assertEquals(10_000, sweeps.held(2));
        assertEquals(10_000, sweeps.held(4));
    }

    @Test
    public void whatWasLostInWhatIsDroppedIsLostNoMore() throws SQLException {
        disk.describe(1);
        List<Sample> samples = new ArrayList<>(reals(1, 10_000));
        samples.set(4, gap(5, Cause.PURGE));
        samples.set(4_000, gap(4_001, Cause.PURGE));
        samples.set(4_100, gap(4_101, Cause.PURGE));
        samples.set(9_999, gap(10_000, Cause.WRAP));
        disk.append(1, 1, samples);
        sweeps.keep(60);
        until(() -> disk.get().holding(id(1)).orElseThrow().lost() == 2);
        assertEquals(5_902, sweeps.held(1));
        List<Loss> left = List.of(new Loss(id(1), LocalDate.ofEpochDay(42), Cause.PURGE, 1),
                new Loss(id(1), LocalDate.ofEpochDay(104), Cause.WRAP, 1));
        assertEquals(left, losses());
        assertEquals(2, disk.get().totals().lost());
        try (Connection connection = disk.connect()) {
            assertEquals(Map.of(1, 2L), LossTable.totals(connection));
        }
        disk.sql("DELETE FROM loss");
        disk.restart();
        assertEquals("counted anew", left, losses());
    }

    @Test
    public void aClockThatWasAheadHoldsUpNothing() {
        disk.describe(1);
        List<Sample> samples = new ArrayList<>(reals(1, 10_000));
        samples.set(1_000, real(1_001, Sample.hundredths(Instant.parse("2099-01-01T00:00:00Z"))));
        disk.append(1, 1, samples);
        disk.describe(2);
        disk.append(2, 1, reals(1, 10_000));
        for (int other = 3; other <= 11; other++) {
            disk.describe(other);
            disk.append(other, 1, reals(10_000, 1));
        }
        sweeps.keep(60);
        until(() -> sweeps.held(1) == 5_904);
        assertEquals(QUARTER * 10_000, disk.get().holding(id(1)).orElseThrow().last());
    }

    @Test
    public void aClockThatWasBehindTakesNothingThatIsYoungerWithIt() {
        disk.describe(2);
        List<Sample> samples = new ArrayList<>();
        for (Sample sample : reals(1, 6_144)) {
            samples.add(real(sample.sequence(), sample.time() + (sample.sequence() <= 2_048 ? 10_000 * QUARTER : 0)));
        }
        disk.append(1, 1, samples);
        disk.append(2, 1, reals(12_000, 4_096));
        sweeps.keep(100);
        sweeps.awaitSome();
        assertEquals("its second chunk is too old, and stays with the first", 6_144, sweeps.held(1));
        assertEquals(QUARTER * 2_049, disk.get().holding(id(1)).orElseThrow().first());
    }

    @Test
    public void ourOwnClockBeingAheadDropsNothing() {
        disk.describe(1);
        disk.append(1, 1, reals(1, 10_000)); // and by our clock it is 2026
        sweeps.keep(200);
        sweeps.awaitSome();
        assertEquals(10_000, sweeps.held(1));
    }

    @Test
    public void aDamagedChunkGoesLikeAnother() throws SQLException {
        disk.describe(1);
        List<Sample> samples = new ArrayList<>(reals(1, 10_000));
        samples.set(4, gap(5, Cause.PURGE));
        samples.set(4_100, gap(4_101, Cause.PURGE));
        disk.append(1, 1, samples);
        disk.sql("UPDATE chunk SET crc = 0 WHERE first_record = 0");
        sweeps.keep(60);
        until(() -> sweeps.held(1) == 5_903);
        disk.restart();
        LongLists.assertSame("held", samples.subList(4_096, 10_000), disk.all(1));
        assertEquals(List.of(new Loss(id(1), LocalDate.ofEpochDay(42), Cause.PURGE, 1)), losses());
    }

    private List<Loss> losses() {
        return disk.get().losses(LocalDate.MIN, LocalDate.MAX);
    }

    private int rows() throws SQLException {
        try (Connection connection = disk.connect(); Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT COUNT(*) FROM chunk")) {
            found.next();
            return found.getInt(1);
        }
    }

    private static Sample gap(long sequence, Cause cause) {
        return new Sample(sequence, QUARTER * sequence, 0, new Reading.Gap(1, cause));
    }
}
