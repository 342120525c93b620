// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.TreeMap;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.health.Health;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The disk is full from some change on that a life of an archive makes, until somebody makes room. */
public class NoSpaceTest {

    /** From how many changes on, in one life each; from all, if there are fewer. */
    private static final int MOMENTS = Integer.getInteger("crash.full", 18);

    /** So many steps with room show that it goes on. */
    private static final int STEPS_AFTER = 3;

    private static final Pattern REASON = Pattern.compile("No space left on device|the disk is full|Cannot create");

    @ClassRule
    public static final StoryOnDisk STORY = new StoryOnDisk(new Story(1));
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Map<String, Integer> hits = new TreeMap<>();

    @Test
    public void nothingIsLostWheneverTheDiskIsFullAndItGoesOnWhenThereIsRoom() throws IOException {
        Set<Integer> moments = STORY.moments(MOMENTS);
        moments.removeIf(change -> isBetweenTrialAndDirectory(STORY.changes().get(change)));
        for (int change : moments) {
            try (Life life = new Life(folder.newFolder().toPath(), change)) {
                life.live();
                hits.merge(life.met, 1, Integer::sum);
            } catch (AssertionError | ArchiveException e) {
                throw new AssertionError("full from change " + change + " on: " + e.getMessage(), e);
            }
        }
        System.out.println("Disk full, met while: " + hits);
        assertTrue(hits.toString(), hits.size() > 4);
    }

    /** The disk was not full a moment before, for the same directory: nothing guards against what Derby does then. */
    private static boolean isBetweenTrialAndDirectory(Disk.Change change) {
        return change.path().equals("db.new")
                && (change.kind() == Disk.Kind.DELETE || change.during().equals("first boot"));
    }

    /** One life; whatever is refused twice because the disk is full, is granted then, without a restart. */
    private static final class Life implements AutoCloseable {

        private final Disk disk;
        private final int from;
        private volatile boolean room;
        private volatile String met = "never";
        private DerbyArchive archive;
        private int done;

        Life(Path directory, int from) throws IOException {
            this.disk = new Disk(directory);
            this.from = from;
            disk.guard(this::before);
        }

        private void before(Disk.Change change) throws IOException {
            boolean takesRoom = switch (change.kind()) {
                case CREATE, DIRECTORY, WRITE -> true;
                case LENGTH, SYNC, RENAME, DELETE -> false;
            };
            if (takesRoom && !room && disk.count() >= from) {
                met = met.equals("never") ? change.during() : met;
                throw new IOException("No space left on device");
            }
        }

        void live() {
            refusedTwice(this::open);
            List<Story.Step> steps = STORY.steps();
            for (int after = 0; done < steps.size() && after < STEPS_AFTER; after += room ? 1 : 0) {
                Story.Step step = steps.get(done);
                if (step.sort() == Story.Sort.RESTART) {
                    archive.close();
                    refusedTwice(this::open);
                }
                refusedTwice(() -> step.tell(archive));
                done++;
            }
            room = true;
            STORY.compare("at last", archive, done);
            archive.close();
            open();
            STORY.compare("opened again", archive, done);
        }

        private void refusedTwice(Runnable call) {
            for (int refusals = 0; refusals < 2; refusals++) {
                try {
                    call.run();
                    return;
                } catch (ArchiveException e) {
                    assertFalse("after there was room: " + e.getMessage(), room);
                    requireReason(e);
                    lookMeanwhile();
                }
            }
            room = true;
            call.run();
            if (archive != null) {
                assertEquals(Health.Level.OK, archive.health().level());
            }
        }

        private void open() {
            archive = null;
            archive = StoryOnDisk.open(disk.watched());
        }

        /** What is answered is true; but there may be no answer. */
        private void lookMeanwhile() {
            if (archive != null) {
                assertEquals(Health.Level.FAILED, archive.health().level());
                try {
                    STORY.compare("meanwhile", archive, done);
                } catch (ArchiveException e) {
                    requireReason(e);
                }
            }
        }

        /** Of a file or directory that could not be made Derby says which, but nobody told it why. */
        private static void requireReason(ArchiveException e) {
            assertTrue(e.getMessage(), REASON.matcher(e.getMessage()).find());
        }

        @Override
        public void close() {
            room = true;
            if (archive != null) {
                archive.close();
            }
            disk.close();
        }
    }
}
