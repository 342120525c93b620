// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.log;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.Assume;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A real disk that is full. Mounting a small one takes a name space of its own, which not every system grants. */
public class TinyDiskTest {

    private static final String MOUNT = "mount -t tmpfs -o size=6m tmpfs \"$0\"";
    private static final String LIVED = "lived with a full disk";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** Fills the disk, makes room and goes on, all in one life. */
    public static final class Filler {

        private final Model model = new Model();
        private final Random random = new Random(1);

        private Filler() {
        }

        public static void main(String[] arguments) throws IOException {
            new Filler().live(Path.of(arguments[0]));
        }

        private void live(Path disk) throws IOException {
            Path ballast = Files.write(disk.resolve("ballast"), new byte[1 << 20]);
            Path directory = disk.resolve("archive");
            try (DerbyArchive archive = open(directory)) {
                archive.describe(List.of(log(1)));
                for (int refusals = 0; refusals < 5; refusals++) {
                    System.out.println(fill(archive).getMessage());
                }
                Files.delete(ballast);
                assertEquals(500, archive.append(visit()));
                model.append(visit());
                Picture.of(archive).assertSame("with room", Picture.of(model, 1, Map.of()));
            }
            try (DerbyArchive archive = open(directory)) {
                Picture.of(archive).assertSame("opened again", Picture.of(model, 1, Map.of()));
            }
            System.out.println(LIVED + ", " + model.all().size() + " samples");
        }

        /** Derby makes some room itself, when it begins anew and drops its old log; so one refusal is not the end. */
        private ArchiveException fill(DerbyArchive archive) {
            for (;;) {
                try {
                    archive.append(visit());
                } catch (ArchiveException e) {
                    return e;
                }
                model.append(visit());
            }
        }

        /** The next samples, as long as the model has not got them. */
        private List<Batch> visit() {
            random.setSeed(model.all().size());
            List<Sample> samples = new ArrayList<>();
            for (int i = 1; i <= 500; i++) {
                long sequence = model.all().size() + i;
                samples.add(new Sample(sequence, 6_000 * sequence, 0,
                        new Reading.Double(Double.longBitsToDouble(random.nextLong()))));
            }
            return List.of(new Batch(id(1), 1, samples));
        }

        private static DerbyArchive open(Path directory) {
            return new DerbyArchive(directory, Journal.MOST_BYTES, Clock.systemUTC());
        }
    }

    @Test
    public void aFullDiskIsSaidAndOutlivedWithoutARestart() throws Exception {
        Path disk = folder.newFolder().toPath();
        Assume.assumeTrue("a file system of one's own is not allowed here", unshare(disk, "true").endsWith("status 0"));
        String said = unshare(disk, "exec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -cp '"
                + System.getProperty("java.class.path") + "' '" + Filler.class.getName() + "' \"$0\"");
        assertTrue(said, said.contains(LIVED));
        assertTrue(said, said.lines().findFirst().orElseThrow().contains("No space left on device"));
    }

    private String unshare(Path disk, String command) throws IOException, InterruptedException {
        Path said = folder.newFile().toPath();
        try {
            Process process = new ProcessBuilder("unshare", "-rm", "sh", "-c", MOUNT + " && " + command,
                    disk.toString()).redirectErrorStream(true).redirectOutput(said.toFile()).start();
            int status = process.waitFor();
            return Files.readString(said, StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("[")).reduce("", (all, line) -> all + line + "\n")
                    + "status " + status;
        } catch (IOException e) { // there is no such command
            return e.toString();
        }
    }
}
