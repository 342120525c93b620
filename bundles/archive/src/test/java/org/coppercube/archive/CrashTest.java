// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.coppercube.api.archive.ArchiveException;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Every change that the life of an archive makes on its disk is known; the life is ended in the middle of each of them,
 * and the archive is opened on what was left.
 */
public class CrashTest {

    /** In how many moments a life ends, for each sort of end; in all, if there are fewer. */
    private static final int MOMENTS = Integer.getInteger("crash.moments", 18);
    /** How many repairs are ended, and how often each. */
    private static final int REPAIRS = Math.min(90, MOMENTS / 2);
    private static final int ENDS_OF_A_REPAIR = Math.min(30, MOMENTS / 6);

    private static final Set<String> PURPOSES = Set.of("first boot", "start", "description", "visit", "sealing",
            "journal rewriting", "bookmark", "checkpoint", "closing");

    @ClassRule
    public static final StoryOnDisk STORY = new StoryOnDisk(new Story(1));
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Map<String, Integer> hits = new TreeMap<>();

    @Test
    public void aKillLosesNothingWhateverTheMoment() throws Exception {
        endAll(PowerCut.Sort.KILL);
        assertEquals("every fault point is hit", PURPOSES, hits.keySet());
    }

    @Test
    public void aPowerCutLosesNothingThatWasAcknowledged() throws Exception {
        for (PowerCut.Sort sort : EnumSet.complementOf(EnumSet.of(PowerCut.Sort.KILL))) {
            endAll(sort);
        }
    }

    /** Whatever the moment: a page in place may be torn only while another copy of it is on disk for sure. */
    @Test
    public void noPageIsWrittenInPlaceWithoutAnotherCopyOnDisk() {
        boolean batchIsOnDisk = false;
        int batches = 0;
        Set<String> unsynced = new TreeSet<>();
        for (Disk.Change change : STORY.changes()) {
            if (change.path().endsWith("/pages.twice")) {
                assertTrue("written in place, not synced: " + unsynced, unsynced.isEmpty());
                batchIsOnDisk = change.kind() == Disk.Kind.SYNC;
                batches += batchIsOnDisk ? 1 : 0;
            } else if (change.path().matches("db(.new)?/seg0/.*[.]dat")) {
                if (change.kind() == Disk.Kind.WRITE && !isZero(change.data())) {
                    assertTrue(change.path(), batchIsOnDisk);
                    unsynced.add(change.path());
                } else if (change.kind() == Disk.Kind.SYNC || change.kind() == Disk.Kind.DELETE) {
                    unsynced.remove(change.path());
                }
            }
        }
        System.out.println("Pages written twice in " + batches + " batches");
        assertTrue(batches + " batches", batches > 10);
    }

    /** Where a file becomes longer, its room is taken first. */
    private static boolean isZero(byte[] data) {
        return Arrays.equals(data, new byte[data.length]);
    }

    /** What a kill left is repaired at the next start, which may be killed as well. */
    @Test
    public void aKillInTheMiddleOfARepairLosesNothing() throws Exception {
        for (int change : STORY.moments(REPAIRS)) {
            Path left = folder.newFolder().toPath();
            mediumBefore(change).leave(left, new PowerCut(PowerCut.Sort.KILL, 0));
            Medium medium = Medium.of(left);
            List<Disk.Change> repair;
            try (Disk disk = new Disk(left)) {
                DerbyArchive archive = StoryOnDisk.open(disk.watched());
                repair = disk.changes();
                archive.close();
            }
            for (int i = 0; i < repair.size(); i++) {
                assertNamesNoCheckpointThatIsNotInTheLog(repair.get(i), medium);
                if (i % Math.max(1, repair.size() / ENDS_OF_A_REPAIR) == 0) {
                    end(PowerCut.Sort.KILL, change, medium);
                }
                medium.begin(repair.get(i));
                medium.end(repair.get(i));
            }
        }
        System.out.println("Killed while repairing what a kill left while: " + hits);
    }

    /** Else Derby does not open the database again, if it ends before the log has it. */
    private static void assertNamesNoCheckpointThatIsNotInTheLog(Disk.Change change, Medium medium) {
        if (change.path().endsWith(".ctrl") && change.kind() == Disk.Kind.WRITE) {
            long checkpoint = ByteBuffer.wrap(change.data()).getLong(8);
            if (checkpoint != 0) { // a new database has none
                String log = change.path().replaceFirst("[^/]*$", "log" + (checkpoint >> 32) + ".dat");
                long inLog = ByteBuffer.wrap(medium.now(log)).getLong((int) checkpoint + 4);
                assertEquals(change.path() + " names a record of " + log, checkpoint, inLog);
            }
        }
    }

    private void endAll(PowerCut.Sort sort) throws Exception {
        hits.clear();
        Set<Integer> moments = STORY.moments(MOMENTS);
        Medium medium = new Medium();
        for (int change = 0; change < STORY.changes().size(); change++) {
            if (sort != PowerCut.Sort.KILL) {
                medium.begin(STORY.changes().get(change));
            }
            if (moments.contains(change)) {
                end(sort, change, medium);
            }
            if (sort == PowerCut.Sort.KILL) {
                medium.begin(STORY.changes().get(change));
            }
            medium.end(STORY.changes().get(change));
        }
        System.out.println("Ended by " + sort + " while: " + hits);
    }

    private void end(PowerCut.Sort sort, int change, Medium medium) throws IOException, SQLException {
        String what = sort + " at change " + change;
        Path left = folder.newFolder().toPath();
        medium.leave(left, new PowerCut(sort, change));
        try {
            STORY.assertWhole(what, left, STORY.acknowledgedBefore(change));
        } catch (ArchiveException | SQLException e) {
            throw new AssertionError(what + ": " + Database.reason(e), e);
        }
        hits.merge(STORY.purpose(change), 1, Integer::sum);
        folder.delete();
        folder.create();
    }

    private static Medium mediumBefore(int change) {
        Medium medium = new Medium();
        for (Disk.Change each : STORY.changes().subList(0, change)) {
            medium.begin(each);
            medium.end(each);
        }
        return medium;
    }
}
