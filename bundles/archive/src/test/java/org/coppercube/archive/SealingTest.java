// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

public class SealingTest {

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk(40_000);

    @Test
    public void sealsAt2048SamplesAndNotBefore() throws SQLException {
        disk.describe(1);
        for (int i = 0; i < 2_047; i += 89) {
            disk.append(1, 1, reals(1 + i, 89));
        }
        assertEquals(List.of(), chunks());
        disk.append(1, 1, reals(2_048, 1));
        assertEquals(List.of("run 1 record 0 count 2048 sequences 1-2048"), chunks());
        disk.restart();
        LongLists.assertSame("restarted", reals(1, 2_048), disk.all(1));
    }

    @Test
    public void aBackfillGoesStraightToChunks() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 1_000));
        disk.append(1, 1, reals(1_001, 5_000));
        assertEquals(List.of("run 1 record 0 count 2048 sequences 1-2048",
                "run 1 record 2048 count 2048 sequences 2049-4096"), chunks());
        assertEquals("only what is in no chunk", 1_904, framesNotInChunks());
        disk.restart();
        LongLists.assertSame("restarted", reals(1, 6_000), disk.all(1));
    }

    @Test
    public void aChunkHasOneRunOnly() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 10));
        disk.append(1, 2, reals(4, 10));
        assertEquals(List.of("run 1 record 0 count 10 sequences 1-10"), chunks());
    }

    @Test
    public void bulkySamplesAreSealedBeforeTheyOutgrowARow() throws SQLException {
        disk.describe(1);
        Random random = new Random(3);
        List<Sample> samples = new ArrayList<>();
        for (int i = 1; i <= 400; i++) {
            StringBuilder text = new StringBuilder();
            for (int letters = random.nextInt(1_000); letters > 0; letters--) {
                text.append((char) random.nextInt(128));
            }
            samples.add(new Sample(i, 100 * i, 0, new Reading.Text(text.toString())));
        }
        disk.append(1, 1, samples.subList(0, 250));
        for (int i = 250; i < 400; i += 10) {
            disk.append(1, 1, samples.subList(i, i + 10));
        }
        assertTrue(chunks().size() + " chunks", chunks().size() >= 6);
        disk.restart();
        LongLists.assertSame("restarted", samples, disk.all(1));
    }

    @Test
    public void samplesThatTakeMoreRoomTogetherThanApartAreSealedInParts() throws DataFormatException {
        List<Sample> samples = EveryKind.random(new Random(5), 1, 5_000);
        Stretch whole = new Stretch(1, 1, samples);
        List<Chunk> chunks = Chunk.seal(Progress.NONE, whole);
        assertTrue(chunks.size() + " chunks", chunks.size() > 1);
        List<Sample> sealed = new ArrayList<>();
        for (Chunk chunk : chunks) {
            assertTrue(chunk.block().data().length <= Chunk.MOST_BYTES);
            assertEquals(sealed.size(), chunk.ordinal());
            sealed.addAll(chunk.block().open().samples());
        }
        LongLists.assertSame("sealed", samples, sealed);
    }

    @Test
    public void anythingAtAllComesBackThroughSealingRewritingAndRestart() {
        disk.describe(3);
        Random random = new Random(11);
        List<List<Sample>> expected = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < 120; round++) {
            int log = random.nextInt(3);
            List<Sample> held = expected.get(log);
            long next = held.isEmpty() ? 1 : held.get(held.size() - 1).lastSequence() + 1;
            int count = 1 + random.nextInt(random.nextInt(20) == 0 ? 3_000 : 60);
            List<Sample> samples = EveryKind.random(random, next, count);
            assertEquals(samples.size(), disk.append(log + 1, 1, samples));
            held.addAll(samples);
            if (round % 40 == 39) {
                disk.restart();
            }
        }
        for (int log = 0; log < 3; log++) {
            LongLists.assertSame("log " + log, expected.get(log), disk.all(log + 1));
        }
    }

    @Test
    public void theJournalIsNotWrittenAnewForNothing() throws SQLException {
        int logs = 2_500;
        disk.describe(logs);
        for (int visit = 1; visit <= 3; visit++) {
            List<Batch> batches = new ArrayList<>();
            for (int log = 1; log <= (visit == 1 ? logs : 1); log++) {
                batches.add(new Batch(ArchiveOnDisk.id(log), 1,
                        List.of(new Sample(visit, 0, 0, new Reading.Null()))));
            }
            disk.get().append(batches);
        }
        assertEquals(List.of(1L, 2L, 3L), disk.journalRows());
    }

    private List<String> chunks() throws SQLException {
        List<String> chunks = new ArrayList<>();
        try (Connection connection = disk.connect(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM chunk ORDER BY last_position")) {
            while (row.next()) {
                chunks.add("run " + row.getInt("run") + " record " + row.getLong("first_record") + " count "
                        + row.getInt("records") + " sequences " + row.getLong("first_sequence") + "-"
                        + row.getLong("last_sequence"));
            }
        }
        return chunks;
    }

    private long framesNotInChunks() throws SQLException {
        List<Block> blocks = new ArrayList<>();
        try (Connection connection = disk.connect()) {
            Contents nothing = Contents.empty(null, null);
            Journal.read(connection, nothing, new Journal.Reader() {
                @Override
                public void block(long row, int log, Block block) {
                    blocks.add(block);
                }

                @Override
                public void damage(long row, int log, Block block) {
                    damage(row);
                }

                @Override
                public void damage(long row) {
                    throw new AssertionError("row " + row);
                }
            });
        }
        return blocks.stream().filter(block -> block.first() > 4_096).mapToLong(Block::count).sum();
    }
}
