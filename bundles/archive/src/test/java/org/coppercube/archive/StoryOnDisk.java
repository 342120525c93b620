// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/**
 * A {@link Story} that was told once to an archive on a watched disk. Derby begins new log files and checkpoints after
 * 100 kB, the least it takes, so that a short story has some.
 */
final class StoryOnDisk extends ExternalResource {

    /** The disk itself is asked by {@link DiskGuard}, which has tests of its own. */
    static final DiskSpace.Gauge ROOM = () -> new DiskSpace(1L << 40, 1L << 39);

    private static final Map<String, String> SMALL =
            Map.of("derby.storage.logSwitchInterval", "100000", "derby.storage.checkpointInterval", "100000");

    private final TemporaryFolder folder = new TemporaryFolder();
    private final Story story;
    private final List<Integer> acknowledged = new ArrayList<>();
    private final List<Picture> pictures = new ArrayList<>();
    private List<Disk.Change> changes = List.of();

    StoryOnDisk(Story story) {
        this.story = story;
    }

    @Override
    protected void before() throws IOException {
        SMALL.forEach(System::setProperty);
        folder.create();
        for (int steps = 0; steps <= story.steps().size(); steps++) {
            pictures.add(story.after(steps));
        }
        try (Disk disk = new Disk(folder.getRoot().toPath())) {
            DerbyArchive archive = open(disk.watched());
            for (Story.Step step : story.steps()) {
                if (step.sort() == Story.Sort.RESTART) {
                    archive.close();
                    archive = open(disk.watched());
                }
                step.tell(archive);
                acknowledged.add(disk.count());
            }
            archive.close();
            changes = disk.changes();
        }
    }

    @Override
    protected void after() {
        SMALL.keySet().forEach(System::clearProperty);
        folder.delete();
    }

    /** Everything that was done on the disk. */
    List<Disk.Change> changes() {
        return changes;
    }

    /** How many steps were acknowledged before this change began. */
    int acknowledgedBefore(int change) {
        return (int) acknowledged.stream().filter(count -> count <= change).count();
    }

    /** For what a change was made. */
    String purpose(int change) {
        String during = changes.get(change).during();
        int step = acknowledgedBefore(change);
        return during.equals("append") ? story.steps().get(step).sort().name().toLowerCase(Locale.ROOT) : during;
    }

    List<Story.Step> steps() {
        return story.steps();
    }

    /** Of each purpose as many changes, evenly spread: most changes are made in the first second of a life. */
    Set<Integer> moments(int most) {
        Map<String, List<Integer>> byPurpose = new TreeMap<>();
        for (int change = 0; change < changes.size(); change++) {
            byPurpose.computeIfAbsent(purpose(change), any -> new ArrayList<>()).add(change);
        }
        Set<Integer> moments = new TreeSet<>();
        byPurpose.forEach((purpose, all) -> {
            int count = Math.min(all.size(), Math.max(1, most / byPurpose.size()));
            for (int i = 0; i < count; i++) {
                moments.add(all.get((int) ((i + 0.5) * all.size() / count)));
            }
        });
        return moments;
    }

    static DerbyArchive open(Path directory) {
        return new DerbyArchive(directory, Story.JOURNAL_BYTES, Clock.fixed(ArchiveOnDisk.NOON, ZoneId.of("UTC")),
                Limits.NONE, ROOM);
    }

    /**
     * Opens what a crash left and compares: the steps that were acknowledged, and the one after them whole or not at
     * all. Then that one is repeated, as everybody does who got no answer.
     */
    void assertWhole(String what, Path directory, int acknowledged) throws IOException, SQLException {
        assertLedgerIsRight(what, directory);
        try (DerbyArchive archive = open(directory)) {
            compare(what, archive, acknowledged);
            if (acknowledged < story.steps().size()) {
                story.steps().get(acknowledged).tell(archive);
                Picture.of(archive).assertSame(what + ", repeated", pictures.get(acknowledged + 1));
            }
        }
    }

    /** The steps that were acknowledged are there, and the one after them whole or not at all. */
    void compare(String what, DerbyArchive archive, int acknowledged) {
        Picture found = Picture.of(archive);
        boolean further = acknowledged < story.steps().size() && !found.isAsFarAs(pictures.get(acknowledged));
        found.assertSame(what, pictures.get(further ? acknowledged + 1 : acknowledged));
    }

    /** Before the archive opens, which would put it right. */
    private static void assertLedgerIsRight(String what, Path directory) throws IOException, SQLException {
        try (Database database = Database.open(directory)) {
            Map<Integer, Long> ledger = database.use(LossTable::totals);
            for (LogState log : database.use(to -> Recovery.read(to, new ArchiveHealth())).logs().values()) {
                assertEquals(what + ", ledger", log.now().lost(), ledger.getOrDefault(log.id(), 0L).longValue());
            }
        }
    }
}
