// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.log;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.coppercube.archive.DamageTest.gap;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.Loss;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

/** What damage took out of the journal is a gap for good, where it cannot be asked for again. */
public class JournalDamageTest {

    private static final long QUARTER = 90_000;

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk(20_000);

    @Test
    public void whatADamagedFrameHadIsAGapForGood() throws SQLException {
        disk.describe(2);
        disk.append(1, 1, reals(1, 100));
        disk.get().append(List.of(new Batch(id(2), 1, reals(1, 10)), new Batch(id(1), 1, reals(101, 50)),
                new Batch(id(2), 1, reals(11, 10))));
        disk.get().append(List.of(new Batch(id(2), 1, reals(21, 10)), new Batch(id(1), 1, reals(151, 50))));
        flipInFrameOf(1, 2);
        List<Sample> expected = new ArrayList<>(reals(1, 100));
        expected.add(gap(101, 50, QUARTER * 151, 60));
        expected.addAll(reals(151, 50));
        for (int start = 0; start < 3; start++) {
            disk.restart();
            LongLists.assertSame("start " + start, expected, disk.all(1));
            LongLists.assertSame("log 2 in the same row", reals(1, 30), disk.all(2));
            assertLost(50, expected.size() - 1);
            assertEquals("at the last of its positions", List.of(new Entry(160, log(1), 1, expected.subList(100, 101)),
                    new Entry(170, log(2), 1, reals(11, 10))), disk.get().read(110, 11));
            assertEquals("the rest of a visit is kept where it can be", 1 + 230 - 50, samplesInFeed());
            String detail = disk.get().health().detail();
            assertTrue(detail, detail.contains("Records 101 to 150 of hq.1200.TL1"));
        }
        disk.append(1, 2, reals(1, 1)); // seals
        disk.restart();
        expected.addAll(reals(1, 1));
        LongLists.assertSame("sealed", expected, disk.all(1));
        assertLost(50, expected.size() - 1);
    }

    @Test
    public void theGapStaysWhenTheJournalIsWrittenAnew() throws SQLException {
        disk.describe(2);
        disk.append(1, 1, reals(1, 100));
        disk.append(1, 1, reals(101, 50));
        disk.append(1, 1, reals(151, 50));
        flipInFrameOf(1, 2);
        disk.restart();
        List<Sample> expected = disk.all(1);
        for (int run = 1; rows() > 3 || run < 3; run++) { // until the damaged row is gone
            disk.append(2, run, EveryKind.random(new Random(run), 1, 1_500));
        }
        disk.restart();
        LongLists.assertSame("log 1", expected, disk.all(1));
        assertEquals(Health.Level.OK, disk.get().health().level());
        assertEquals(50, disk.get().holding(id(1)).orElseThrow().lost());
    }

    @Test
    public void aRowThatCannotBeToldApartLeavesAGapInEachOfItsLogs() throws SQLException {
        disk.describe(3);
        for (int visit = 0; visit < 3; visit++) {
            disk.get().append(List.of(new Batch(id(1), 1, reals(1 + 10 * visit, 10)),
                    new Batch(id(2), 1, reals(1 + 10 * visit, 10)), new Batch(id(3), 1 + visit, reals(5, 10))));
        }
        disk.sql("UPDATE journal SET data = CAST(X'FFFFFFFFFFFF' AS BLOB) WHERE id = 2");
        disk.restart();
        for (int log = 1; log <= 2; log++) {
            List<Sample> expected = new ArrayList<>(reals(1, 10));
            expected.add(gap(11, 10, QUARTER * 21, 60));
            expected.addAll(reals(21, 10));
            LongLists.assertSame("log " + log, expected, disk.all(log));
        }
        List<Long> positions = disk.wholeFeed().stream().map(Entry::position).toList();
        assertEquals(positions.stream().sorted().toList(), positions);
        assertEquals(samplesInFeed(), disk.get().holdings().stream().mapToLong(Holding::samples).sum() + 2);
        assertEquals(List.of(), page(90));
        for (long after = 0; after < 90; after++) {
            assertEquals("whoever reads one by one misses no sample", 1, page(after).size());
        }
    }

    @Test
    public void aGapThatSharesItsPositionComesAfterTheSampleThere() throws SQLException {
        int logs = 9;
        disk.describe(logs);
        for (int visit = 1; visit <= 3; visit++) {
            List<Batch> batches = new ArrayList<>();
            for (int log = 1; log <= logs; log++) {
                batches.add(new Batch(id(log), 1, reals(visit, 1)));
            }
            disk.get().append(batches);
        }
        disk.sql("UPDATE journal SET data = CAST(X'FFFFFFFFFFFF' AS BLOB) WHERE id = 2");
        disk.restart();
        assertEquals(3 * logs, samplesInFeed());
        for (int log = 1; log <= logs; log++) {
            long position = 2 * logs + log;
            assertEquals(List.of(new Entry(position, log(log), 1, reals(3, 1))), disk.get().read(position - 1, 1));
        }
    }

    @Test
    public void withoutDamageWhatWasNeverThereIsNoGap() {
        disk.describe(1);
        disk.append(1, 1, reals(1, 10));
        disk.append(1, 1, reals(21, 10));
        disk.restart();
        List<Sample> expected = new ArrayList<>(reals(1, 10));
        expected.addAll(reals(21, 10));
        LongLists.assertSame("log 1", expected, disk.all(1));
    }

    @Test
    public void whatBeganInADamagedFrameIsAGapToo() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(501, 10));
        disk.append(1, 1, reals(511, 10));
        flipInFrameOf(1, 1);
        disk.restart();
        assertEquals("as many as it had", gap(501, 10, QUARTER * 511, 60), disk.all(1).get(0));
        disk.append(1, 2, reals(3, 10));
        disk.append(1, 2, reals(13, 10));
        flipInFrameOf(1, 3);
        disk.restart();
        assertEquals("a new run begins at 1", List.of(gap(1, 12, QUARTER * 13, 60), reals(13, 1).get(0)),
                disk.all(1).subList(11, 13));
        assertEquals(22, disk.get().totals().lost());
    }

    @Test
    public void whatWasLastOfItsLogIsAskedForAgain() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 10));
        disk.append(1, 1, reals(11, 10));
        flipInFrameOf(1, 2);
        disk.restart();
        assertEquals(10, disk.get().resumePoint(id(1)).orElseThrow().sequence());
        disk.append(1, 1, reals(11, 20));
        for (int start = 0; start < 2; start++) {
            disk.restart();
            LongLists.assertSame("log 1", reals(1, 30), disk.all(1));
            assertEquals(List.of(), losses());
        }
    }

    private List<Sample> page(long after) {
        return disk.get().read(after, 1).stream().flatMap(entry -> entry.samples().stream()).toList();
    }

    private void assertLost(long records, long samples) {
        Holding holding = disk.get().holding(id(1)).orElseThrow();
        assertEquals(records, holding.lost());
        assertEquals(samples, holding.samples());
        assertEquals(List.of(new Loss(id(1), LocalDate.of(1970, 1, 2), Cause.ARCHIVE_DAMAGED, records)), losses());
        assertEquals(records, disk.get().totals().lost());
    }

    private List<Loss> losses() {
        return disk.get().losses(LocalDate.MIN, LocalDate.MAX);
    }

    private int samplesInFeed() {
        return disk.wholeFeed().stream().mapToInt(entry -> entry.samples().size()).sum();
    }

    private long rows() throws SQLException {
        try (Connection connection = disk.connect();
                PreparedStatement count = connection.prepareStatement("SELECT COUNT(*) FROM journal");
                ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Changes a byte of the data of a log's first frame in a row. */
    private void flipInFrameOf(int log, long row) throws SQLException {
        try (Connection connection = disk.connect();
                PreparedStatement select = connection.prepareStatement("SELECT data FROM journal WHERE id = " + row);
                PreparedStatement update =
                        connection.prepareStatement("UPDATE journal SET data = ? WHERE id = " + row)) {
            byte[] data;
            try (ResultSet found = select.executeQuery()) {
                found.next();
                data = found.getBytes(1);
            }
            data[inFrameOf(log, data)] ^= 1;
            update.setBytes(1, data);
            assertEquals(1, update.executeUpdate());
        }
    }

    private static int inFrameOf(int log, byte[] row) {
        ByteReader in = new ByteReader(row);
        while (!in.atEnd()) {
            long of = in.varint();
            for (int i = 0; i < 4; i++) {
                in.varint();
            }
            in.octet();
            int length = in.counted().length;
            in.int32();
            if (of == log) {
                return row.length - in.rest().length - 4 - length / 2;
            }
        }
        throw new AssertionError("no frame of log " + log);
    }
}
