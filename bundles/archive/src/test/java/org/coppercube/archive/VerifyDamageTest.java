// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.coppercube.archive.ArchiveOnDisk.withGaps;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.coppercube.api.archive.Finding;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

/** Whatever is changed behind the archive's back is found. */
public class VerifyDamageTest {

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();

    @Test
    public void aBitThatFlipsInAnyColumnOfAChunkIsFound() throws SQLException {
        disk.fill();
        List<String> missed = new ArrayList<>();
        for (String column : columns("chunk")) {
            flipAndBack("chunk", column, "log_id = 1 AND first_record = 2048", missed);
        }
        assertEquals(List.of(), missed);
        assertEquals(List.of(), disk.verify().findings());
    }

    @Test
    public void aBitThatFlipsInAnyColumnOfALogIsFound() throws SQLException {
        disk.fill();
        List<String> missed = new ArrayList<>();
        for (String column : columns("trend_log")) {
            flipAndBack("trend_log", column, "log_id = 1", missed);
        }
        assertEquals("nothing is dropped, so there is no bit", List.of("dropped_chain"), missed);
        assertEquals(List.of(), disk.verify().findings());
    }

    @Test
    public void aBitThatFlipsInTheSumsOfLossesIsFound() throws SQLException {
        disk.fill();
        List<String> missed = new ArrayList<>();
        for (String column : columns("loss")) {
            flipAndBack("loss", column, "log_id = 1", missed);
        }
        assertEquals(List.of(), missed);
    }

    @Test
    public void aChunkThatIsGoneIsFoundWhereverItWas() throws SQLException {
        for (int record : List.of(0, 2_048, 4_096)) {
            disk.fill();
            disk.sql("DELETE FROM chunk WHERE log_id = 1 AND first_record = " + record);
            assertEquals(1, disk.verify().findings().size());
            disk.renew();
        }
    }

    @Test
    public void chunksThatChangedPlacesAreFound() throws SQLException {
        disk.fill();
        disk.sql("CREATE TABLE two AS SELECT * FROM chunk WITH NO DATA",
                "INSERT INTO two SELECT * FROM chunk WHERE log_id = 1 AND first_record < 4096");
        for (String column : List.of("data", "crc", "chain", "summary", "first_record")) {
            disk.sql("UPDATE chunk c SET " + column + " = (SELECT " + column + " FROM two WHERE first_record <>"
                    + " (SELECT first_record FROM two t WHERE t.last_position = c.last_position)"
                    + ") WHERE log_id = 1 AND last_position <= 4096");
        }
        String found = disk.verify().findings().toString();
        assertTrue(found, found.contains("Chunk 2048 of hq.1200.TL1") && found.contains("Chunk 4096 of hq.1200.TL1"));
    }

    /** With the right check sum, the right figures and its own right value of the chain. */
    @Test
    public void aChunkThatIsForgedWithAllThatIsSaidOfItIsFoundAtTheNext() throws SQLException {
        disk.fill();
        List<Sample> samples = new ArrayList<>(reals(1, 2_048));
        samples.set(1_000, new Sample(1_001, samples.get(1_000).time(), 60, new Reading.Real(99)));
        Stretch stretch = new Stretch(1, 7_001, samples);
        LogState log = new LogState(2, ArchiveOnDisk.log(2), null, Dropped.NONE, Progress.NONE, Progress.NONE,
                Head.NONE);
        ChunkRow forged = ChunkRow.of(log, null, Chunk.of(Progress.NONE, stretch, Block.tight(stretch)));
        try (Connection connection = disk.connect(); PreparedStatement update = connection.prepareStatement(
                "UPDATE chunk SET data = ?, crc = ?, codec = ?, summary = ?, chain = ? WHERE last_position = 9048")) {
            update.setBytes(1, forged.block().data());
            update.setInt(2, forged.crc());
            update.setInt(3, forged.block().codec());
            update.setBytes(4, forged.summary());
            update.setBytes(5, HexFormat.of().parseHex(forged.chain()));
            assertEquals(1, update.executeUpdate());
        }
        List<String> found = disk.verify().findings().stream().map(Finding::what).toList();
        assertEquals(found.toString(), 1, found.size());
        assertTrue(found.get(0), found.get(0).startsWith("Chunk 11096 of hq.1200.TL2 (its records 2048 to 4095) is"
                + " damaged: it does not follow in the hash chain"));
    }

    /** As an error in this software would make them: all is consistent but the figures and the samples. */
    @Test
    public void figuresThatNeverFittedTheSamplesAreFound() {
        LogState log = new LogState(1, ArchiveOnDisk.log(1), null, Dropped.NONE, Progress.NONE, Progress.NONE,
                Head.NONE);
        Stretch stretch = new Stretch(1, 1, withGaps(1, 2_048));
        Chunk right = Chunk.of(Progress.NONE, stretch, Block.packed(stretch));
        assertEquals(0, wrong(log, right));
        Summary other = new Summary(1, List.of(1.0), List.of(), 0, 1);
        for (Chunk chunk : List.of(
                new Chunk(0, right.block(), 0, right.lastTime(), 1, 2_048, 4, right.summary()),
                new Chunk(0, right.block(), right.firstTime(), 0, 1, 2_048, 4, right.summary()),
                new Chunk(0, right.block(), right.firstTime(), right.lastTime(), 2, 2_048, 4, right.summary()),
                new Chunk(0, right.block(), right.firstTime(), right.lastTime(), 1, 2_049, 4, right.summary()),
                new Chunk(0, right.block(), right.firstTime(), right.lastTime(), 1, 2_048, 5, right.summary()),
                new Chunk(0, right.block(), right.firstTime(), right.lastTime(), 1, 2_048, 4, other))) {
            assertEquals(chunk.toString(), 1, wrong(log, chunk));
        }
    }

    private static int wrong(LogState log, Chunk chunk) {
        LogAudit audit = new LogAudit(log, new Claims(0));
        audit.add(ChunkRow.of(log, null, chunk));
        return audit.findings().size();
    }

    @Test
    public void chunksUnderTheNameOfAnotherLogAreFound() throws SQLException {
        disk.fill();
        disk.sql("UPDATE trend_log SET trend_log = 'hq.1200.TL7' WHERE log_id = 1");
        disk.restart();
        String what = disk.verify().findings().get(0).what();
        assertTrue(what, what.startsWith("Chunk 2048 of hq.1200.TL7") && what.contains("hash chain"));
    }

    @Test
    public void aNumberThatIsNeitherHeldNorLostIsFound() {
        disk.describe(3);
        disk.append(1, 1, reals(1, 100));
        disk.append(1, 1, reals(102, 10));
        disk.append(2, 1, reals(1, 2_048));
        disk.append(2, 1, reals(2_050, 2_048));
        List<Sample> holed = new ArrayList<>(reals(1, 2_048));
        holed.remove(1_000);
        disk.append(3, 1, holed);
        assertEquals(List.of("What is not sealed yet of hq.1200.TL1 is damaged: number 102 of run 1 comes after 100",
                "Chunk 4206 of hq.1200.TL2 (its records 2048 to 4095) is damaged: number 2050 of run 1 comes after"
                + " 2048",
                "What is not sealed yet of hq.1200.TL3 is damaged: number 1002 of run 1 comes after 1000"),
                disk.verify().findings().stream().map(Finding::what).toList());
    }

    @Test
    public void aDamagedRowOfTheJournalIsFoundWhileItsSamplesAreStillInMemory() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 100));
        flip("journal", "data", "id = 1", 30);
        assertEquals("Row 1 of the journal is damaged", disk.verify().findings().get(0).what());
    }

    private List<String> columns(String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Connection connection = disk.connect(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
            ResultSetMetaData all = row.getMetaData();
            for (int i = 1; i <= all.getColumnCount(); i++) {
                columns.add(all.getColumnName(i).toLowerCase());
            }
        }
        return columns;
    }

    private void flipAndBack(String table, String column, String where, List<String> missed) throws SQLException {
        String undo = flip(table, column, where, -1);
        if (disk.verify().findings().isEmpty()) {
            missed.add(column);
        }
        if (undo != null) {
            flip(table, column, undo, -1);
        }
    }

    /**
     * @param at which byte, where there are some; counted from the end when negative
     * @return how to find the row after it; null if there was nothing to flip
     */
    private String flip(String table, String column, String where, int at) throws SQLException {
        try (Connection connection = disk.connect(); Statement statement = connection.createStatement(
                ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE)) {
            Object changed;
            try (ResultSet row = statement.executeQuery("SELECT " + column + " FROM " + table + " WHERE " + where)) {
                row.next();
                changed = flipped(row, at);
            }
            if (changed == null) {
                return null;
            }
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE " + table + " SET " + column + " = ? WHERE " + where)) {
                update.setObject(1, changed);
                assertEquals(1, update.executeUpdate());
            }
            return where.startsWith(column + " = 1") ? where.replace(column + " = 1", column + " = " + changed)
                    : where.replace(column + " = 2048", column + " = " + changed);
        }
    }

    private static Object flipped(ResultSet row, int at) throws SQLException {
        switch (row.getMetaData().getColumnType(1)) {
            case Types.INTEGER, Types.SMALLINT, Types.BIGINT:
                long number = row.getLong(1);
                return row.wasNull() ? null : (Object) (number ^ 4);
            case Types.VARCHAR:
                String text = row.getString(1);
                return text == null ? null : (Object) (text.substring(0, text.length() - 1)
                        + (char) (text.charAt(text.length() - 1) ^ 1));
            case Types.BOOLEAN:
                return row.getObject(1) == null ? null : (Object) !row.getBoolean(1);
            default:
                byte[] bytes = row.getBytes(1);
                if (bytes != null) {
                    bytes[at < 0 ? bytes.length + at : at] ^= 1;
                }
                return bytes;
        }
    }
}
