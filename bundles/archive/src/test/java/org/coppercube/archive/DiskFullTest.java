// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.log;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.health.Health;
import org.junit.Assume;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** On a real disk of 96 MB that somebody else fills up: a tmpfs in a mount namespace of its own. */
public class DiskFullTest {

    private static final int MB = 1 << 20;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void intakeStopsInTimeAndGoesOnWhenThereIsRoom() throws Exception {
        assertEquals("done\n", onSmallDisk("stops"));
    }

    @Test
    public void fromAFullDiskItRecoversWithTheBallast() throws Exception {
        assertEquals("done\n", onSmallDisk("full"));
    }

    @Test
    public void onAFullDiskItStartsWithTheBallast() throws Exception {
        assertEquals("done\n", onSmallDisk("is-killed starts"));
    }

    /** What goes on on the small disk. */
    public static final class SmallDisk {
        private final Path directory;
        private final Path filler;

        private SmallDisk(Path mount) {
            this.directory = mount.resolve("archive");
            this.filler = mount.resolve("filler");
        }

        public static void main(String[] arguments) throws IOException {
            SmallDisk disk = new SmallDisk(Path.of(arguments[0]));
            switch (arguments[1]) {
                case "stops" -> disk.stopsAndGoesOn();
                case "full" -> disk.recoversFromFull();
                case "is-killed" -> disk.isKilledOnFull();
                default -> disk.startsOnFull();
            }
            System.out.println("done");
        }

        private DerbyArchive open() {
            return open(Duration.ofMillis(20));
        }

        private DerbyArchive open(Duration lookPace) {
            DerbyArchive archive = new DerbyArchive(directory, Journal.MOST_BYTES, Clock.systemUTC(),
                    new Limits(Limits.NONE.retention(), new DiskLimits(80, 16L * MB, 8L * MB), lookPace,
                            Duration.ofHours(1)), DiskSpace.of(directory));
            archive.describe(List.of(log(1)));
            return archive;
        }

        private void stopsAndGoesOn() throws IOException {
            try (DerbyArchive archive = open()) {
                Path ballast = directory.resolve("ballast");
                until(() -> ballast.toFile().length() == 8 * MB);
                append(archive);
                long free = free();
                fill(free - 17L * MB);
                until(() -> archive.health().level() == Health.Level.DEGRADED);
                append(archive);
                assertEquals(8 * MB, ballast.toFile().length());
                fill(2L * MB);
                until(() -> archive.health().level() == Health.Level.FAILED);
                ArchiveException refusal = assertThrows(ArchiveException.class, () -> append(archive));
                assertTrue(refusal.getMessage(), refusal.getMessage().contains("28 MB are needed"));
                assertTrue("the ballast was real: " + free(), free() > 20L * MB);
                assertEquals(archive.end(), archive.read(archive.end() - 1, 1).get(0).position());
                archive.moveBookmark("sql", archive.end());
                Files.delete(filler);
                until(() -> archive.health().level() == Health.Level.OK);
                append(archive);
                assertEquals(8 * MB, ballast.toFile().length());
            }
        }

        private void recoversFromFull() throws IOException {
            try (DerbyArchive archive = open()) {
                until(() -> directory.resolve("ballast").toFile().length() == 8 * MB);
                fill(200L * MB);
                assertThrows(ArchiveException.class, () -> {
                    for (int i = 0; i < 1_000_000; i++) { // until the pages that are there already are filled
                        append(archive);
                    }
                });
                until(() -> archive.health().level() == Health.Level.FAILED);
                long end = archive.end();
                assertEquals(end, archive.resumePoint(id(1)).map(ResumePoint::sequence).orElse(0L).longValue());
                assertEquals(end, archive.read(0, Integer.MAX_VALUE).stream().mapToInt(e -> e.samples().size()).sum());
                archive.moveBookmark("sql", end);
            }
            try (DerbyArchive archive = open()) {
                assertThrows("still full", ArchiveException.class, () -> append(archive));
                assertEquals(archive.end(), archive.bookmark("sql"));
                Files.delete(filler);
                until(() -> archive.health().level() == Health.Level.OK);
                append(archive);
                assertTrue(archive.end() > archive.bookmark("sql"));
                until(() -> directory.resolve("ballast").toFile().length() == 8 * MB);
            }
        }

        /** Nobody looks between the end of the room and the end of the process. */
        private void isKilledOnFull() throws IOException {
            DerbyArchive archive = open(Duration.ofHours(1));
            until(() -> directory.resolve("ballast").toFile().length() == 8 * MB);
            append(archive);
            fill(200L * MB);
            Runtime.getRuntime().halt(0);
        }

        private void startsOnFull() throws IOException {
            assertEquals(8 * MB, directory.resolve("ballast").toFile().length());
            try (DerbyArchive archive = open()) {
                assertEquals(1, archive.read(0, 100).size());
                archive.moveBookmark("sql", 50);
                assertThrows("full", ArchiveException.class, () -> append(archive));
                Files.delete(filler);
                until(() -> archive.health().level() == Health.Level.OK);
                append(archive);
            }
        }

        private static void append(DerbyArchive archive) {
            archive.append(List.of(new Batch(id(1), 1, reals(archive.end() + 1, 50))));
        }

        private long free() throws IOException {
            return DiskSpace.of(directory).read().free();
        }

        /** With so much more, or with all there is. */
        private void fill(long bytes) throws IOException {
            byte[] part = new byte[64 << 10];
            try (OutputStream out = Files.newOutputStream(filler, StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND)) {
                for (long left = bytes; left > 0; left -= part.length) {
                    out.write(part);
                }
            } catch (IOException e) {
                assertEquals("No space left on device", e.getMessage());
            }
        }

        private static void until(BooleanSupplier condition) {
            for (long deadline = System.nanoTime() + 60_000_000_000L; !condition.getAsBoolean(); Thread.onSpinWait()) {
                assertTrue("in time", System.nanoTime() < deadline);
            }
        }
    }

    /** @param what one process after the other */
    private String onSmallDisk(String what) throws IOException, InterruptedException {
        Path mount = folder.newFolder("disk").toPath();
        boolean allowed = run("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", mount.toString()).exit == 0;
        if (!allowed) {
            System.out.println("SKIPPED: no mount namespace here, so no disk can be filled up");
        }
        Assume.assumeTrue("a mount namespace", allowed);
        Result result = run("unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=96m tmpfs \"$0\""
                + " && for what in " + what + "; do \"$@\" $what || exit 1; done",
                mount.toString(), Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder.getRoot(), "-cp", System.getProperty("java.class.path"), "-Xmx200m",
                SmallDisk.class.getName(), mount.toString());
        System.out.print(result.exit == 0 ? "" : result.errors);
        return result.said;
    }

    private record Result(int exit, String said, String errors) {
    }

    private Result run(String... command) throws IOException, InterruptedException {
        Path errors = folder.getRoot().toPath().resolve("errors");
        Process process;
        try {
            process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        } catch (IOException e) { // no unshare
            return new Result(1, "", e.toString());
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Result(process.exitValue(), said, Files.readString(errors));
    }
}
