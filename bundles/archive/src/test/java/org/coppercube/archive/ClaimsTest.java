// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;

import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.coppercube.api.archive.Finding;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.archive.Stretch.Piece;
import org.junit.Rule;
import org.junit.Test;

public class ClaimsTest {

    private static final OptionalLong NONE = OptionalLong.empty();

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();

    /** As if the archive had forgotten how far it was: log 1 is put aside while the others arrive. */
    @Test
    public void twoLogsWithTheSamePositionsAreFoundInChunksAndInWhatIsNotSealedYet() throws SQLException {
        disk.describe(3);
        disk.append(1, 1, reals(1, 3 * 2_048));
        disk.sql("CREATE TABLE aside AS SELECT * FROM trend_log WITH NO DATA",
                "CREATE TABLE chunks_aside AS SELECT * FROM chunk WITH NO DATA",
                "INSERT INTO aside SELECT * FROM trend_log WHERE log_id = 1", "DELETE FROM trend_log WHERE log_id = 1",
                "INSERT INTO chunks_aside SELECT * FROM chunk", "DELETE FROM chunk");
        disk.restart();
        disk.append(2, 1, reals(1, 2_048));
        disk.append(3, 1, reals(1, 100));
        disk.sql("INSERT INTO trend_log SELECT * FROM aside", "INSERT INTO chunk SELECT * FROM chunks_aside");
        disk.restart();
        assertEquals(List.of("Chunk 2048 of hq.1200.TL2 (its records 0 to 2047) is damaged:"
                + " another log has feed position 2048 as well",
                "What is not sealed yet of hq.1200.TL3 is damaged: another log has feed position 2148 as well"),
                disk.get().verify(List.of(), (done, all) -> true).findings().stream().map(Finding::what).toList());
    }

    @Test
    public void piecesOfOneLogMayLieBetweenThoseOfAnother() {
        Claims claims = new Claims(100);
        assertEquals(NONE, claims.claim(1, at(new Piece(1, 10), new Piece(21, 10), new Piece(41, 10))));
        assertEquals(NONE, claims.claim(2, at(new Piece(11, 10), new Piece(31, 10))));
        assertEquals(OptionalLong.of(41), claims.claim(3, at(new Piece(40, 2), new Piece(51, 10))));
    }

    /** After chunks were dropped in the middle of it. */
    @Test
    public void aLogMayBeLookedAtAgain() {
        Claims claims = new Claims(100);
        assertEquals(NONE, claims.claim(1, at(new Piece(1, 10), new Piece(21, 10))));
        assertEquals(NONE, claims.claim(1, at(new Piece(21, 10), new Piece(41, 10))));
        assertEquals(OptionalLong.of(50), claims.claim(2, at(new Piece(50, 1))));
    }

    @Test
    public void aGapThatDamageLeftMayShareThePositionOfASample() {
        Claims claims = new Claims(100);
        Stretch damage = new Stretch(1, 10, List.of(new Sample(1, 90_000, 60,
                new Reading.Gap(5, Reading.Gap.Cause.ARCHIVE_DAMAGED))));
        assertEquals(NONE, claims.claim(1, damage));
        assertEquals(NONE, claims.claim(2, at(new Piece(10, 1))));
        assertEquals(NONE, claims.claim(3, damage));
    }

    @Test
    public void ofALongHistoryTheNewestAreLookedAt() {
        Claims claims = new Claims(Claims.MOST + 1_000);
        for (int log = 1; log <= 2; log++) {
            assertEquals(NONE, claims.claim(log, at(new Piece(990, 11))));
            assertEquals(NONE, claims.claim(log, at(new Piece(Claims.MOST + 1_001, 10))));
        }
        assertEquals(NONE, claims.claim(3, at(new Piece(1_000, 2))));
        assertEquals(OptionalLong.of(1_001), claims.claim(4, at(new Piece(1_000, 2))));
        assertEquals(NONE, claims.claim(5, at(new Piece(Claims.MOST + 1_000, 2))));
        assertEquals(OptionalLong.of(Claims.MOST + 1_000), claims.claim(6, at(new Piece(Claims.MOST + 1_000, 2))));
    }

    private static Stretch at(Piece... pieces) {
        return new Stretch(1, List.of(pieces), reals(1, List.of(pieces).stream().mapToInt(Piece::count).sum()));
    }
}
