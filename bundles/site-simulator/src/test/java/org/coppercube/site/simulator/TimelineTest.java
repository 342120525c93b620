// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.serotonin.bacnet4j.type.constructed.LogStatus;
import java.util.List;
import org.junit.Test;

public class TimelineTest {

    private static final long ANCHOR = 1_000_000;
    private static final long INTERVAL = 20_000;
    private static final Episode.Note NOTE =
            (contents, turn) -> new Reading(Reading.LOG_STATUS, new LogStatus(true, false, false), null);

    private final Timeline plain = new Timeline(ANCHOR, INTERVAL, Episode.NONE);

    @Test
    public void isEmptyBeforeTheAnchor() {
        assertEquals(0, plain.newest(ANCHOR - 1));
        assertEquals(1, plain.beginning(ANCHOR - 1));
    }

    @Test
    public void makesTheFirstRecordAtTheAnchorAndTheNextAnIntervalLater() {
        assertEquals(1, plain.newest(ANCHOR));
        assertEquals(1, plain.newest(ANCHOR + INTERVAL - 1));
        assertEquals(2, plain.newest(ANCHOR + INTERVAL));
        assertEquals(ANCHOR + INTERVAL, plain.timeOf(2));
    }

    @Test
    public void notesFrameEachPause() {
        // every 70 s, 30 s long: samples at 0, 20, 40, 60 s; notes at 70 and 100, a sample at 120; 140, 170, 190; ...
        Timeline paused = new Timeline(ANCHOR, INTERVAL,
                new Episode(new Schedule(ANCHOR + 70_000, 70_000), List.of(NOTE), 30_000, List.of(NOTE), false, false));
        long[] seconds = {0, 20, 40, 60, 70, 100, 120, 140, 170, 190, 210, 240, 260};
        for (int i = 0; i < seconds.length; i++) {
            long time = ANCHOR + seconds[i] * 1000;
            assertEquals(time, paused.timeOf(i + 1));
            assertEquals(i, paused.newest(time - 1));
            assertEquals(i + 1, paused.newest(time));
            boolean note = i > 3 && i % 3 != 0;
            assertEquals(note, paused.note(i + 1, null).isPresent());
        }
    }

    @Test
    public void whatHappensOnceLeavesTheRestAlone() {
        Timeline once = new Timeline(ANCHOR, INTERVAL,
                new Episode(new Schedule(ANCHOR + 50_000, 0), List.of(NOTE), 0, List.of(), true, false));
        assertEquals(3, once.newest(ANCHOR + 49_999));
        assertEquals(1, once.beginning(ANCHOR + 49_999));
        assertEquals(4, once.newest(ANCHOR + 50_000));
        assertEquals(4, once.beginning(ANCHOR + 50_000));
        assertTrue(once.note(4, null).isPresent());
        assertEquals(ANCHOR + 50_000 + 1000 * INTERVAL, once.timeOf(1004));
        assertEquals(1004, once.newest(once.timeOf(1004)));
    }

    @Test
    public void aLogSlowerThanItsResetsNeverGetsARecord() {
        Timeline slow = new Timeline(ANCHOR, INTERVAL,
                new Episode(new Schedule(ANCHOR + 5000, 5000), List.of(), 0, List.of(), true, true));
        for (long time = ANCHOR + 5000; time < ANCHOR + 100_000; time += 1000) {
            assertEquals(1, slow.newest(time));
            assertEquals(2, slow.beginning(time));
        }
    }
}
