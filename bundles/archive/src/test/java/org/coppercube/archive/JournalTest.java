// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

/** The journal gives its oldest rows back, and what is still needed of them is written anew before. */
public class JournalTest {

    private static final int LOGS = 40;
    private static final int SEALED = Growth.SEALED_SAMPLES;
    private static final int VISIT = 5;

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk(2_000);

    @Test
    public void onlyTheOldestRowsAreClearedAtATime() throws SQLException {
        int visits = visitUntilCleared();
        List<Long> rows = disk.journalRows();
        assertTrue(rows + " after " + visits, rows.get(0) > 1 && rows.size() > visits * 3 / 4);
    }

    @Test
    public void nothingIsReadTwiceThatWasWrittenAnew() throws SQLException {
        int visits = visitUntilCleared();
        disk.restart();
        for (int log = 1; log <= LOGS; log++) {
            LongLists.assertSame("log " + log, reals(1, held(log, visits)), disk.all(log));
            disk.append(log, 1, reals(1 + held(log, visits), VISIT));
        }
        disk.restart();
        for (int log = 1; log <= LOGS; log++) {
            LongLists.assertSame("log " + log, reals(1, held(log, visits) + VISIT), disk.all(log));
        }
    }

    @Test
    public void whatWasWrittenAnewAndDamagedIsReadFromTheOlderRowsThatAreLeft() throws SQLException {
        int visits = visitUntilCleared();
        List<Long> rows = disk.journalRows();
        disk.sql("UPDATE journal SET data = CAST(X'FFFFFFFFFFFF' AS BLOB) WHERE id = " + rows.get(rows.size() - 1));
        disk.restart();
        for (int log = 1; log <= LOGS; log++) {
            int gone = held(log, (int) (rows.get(0) - 1)) - SEALED;
            List<Sample> expected = new ArrayList<>(reals(1, SEALED));
            if (gone > 0) {
                Sample next = reals(SEALED + gone + 1, 1).get(0);
                expected.add(new Sample(SEALED + 1, next.time(), next.offset(), Sample.TimeSource.NEXT, 0,
                        new Reading.Gap(gone, Reading.Gap.Cause.ARCHIVE_DAMAGED)));
            }
            expected.addAll(reals(SEALED + gone + 1, held(log, visits) - SEALED - gone));
            LongLists.assertSame("log " + log, expected, disk.all(log));
        }
    }

    /** One log after the other has some new samples. @return how many visits there were, each a row */
    private int visitUntilCleared() throws SQLException {
        disk.describe(LOGS);
        for (int log = 1; log <= LOGS; log++) {
            disk.append(log, 1, reals(1, SEALED));
        }
        int visits = 0;
        do {
            int log = visits % LOGS + 1;
            disk.append(log, 1, reals(1 + held(log, visits), VISIT));
            visits++;
        } while (disk.journalRows().get(0) == 1);
        return visits;
    }

    private static int held(int log, int visits) {
        return SEALED + (visits + LOGS - log) / LOGS * VISIT;
    }
}
