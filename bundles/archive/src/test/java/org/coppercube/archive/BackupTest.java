// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Verification;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class BackupTest {

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk(20_000);
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aBackupMadeWhileSamplesComeHasAllUpToItsPosition() throws Exception {
        disk.describe(3);
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> collecting = CompletableFuture.runAsync(() -> {
            for (long next = 1; !enough.get(); next += 100) {
                for (int log = 1; log <= 3; log++) {
                    disk.append(log, 1, reals(next, 100));
                }
            }
        });
        while (disk.get().end() < 10_000) {
            assertFalse(collecting.isDone());
        }
        long position = disk.get().backup(path("copy"));
        enough.set(true);
        collecting.get(20, TimeUnit.SECONDS);
        assertTrue(position + " of " + disk.get().end(), position >= 10_000 && position < disk.get().end());
        Path batch = path("copy").resolve("db/pages.twice");
        assertFalse("nothing waits to be put in place", Files.exists(batch));
        Files.copy(disk.directory().resolve("db/pages.twice"), batch); // newer than the copy, and not to be put there
        disk.get().close();
        try (DerbyArchive restored = restore(path("copy"))) {
            assertTrue(restored.end() + " of " + position, restored.end() >= position);
            Verification verification = restored.verify(List.of(), (done, all) -> true);
            assertEquals(List.of(), verification.findings());
            assertEquals(restored.end(), verification.records());
            restored.append(List.of(new Batch(id(1), 2, reals(1, 10))));
        }
        disk.open();
        assertEquals(List.of(), disk.get().verify(List.of(), (done, all) -> true).findings());
    }

    @Test
    public void nothingIsOverwrittenAndNothingHalfMadeIsTakenForABackup() throws IOException {
        Files.createDirectory(path("there"));
        Files.createDirectory(path("begun.part"));
        refuses("there is there already", path("there"));
        refuses("begun.part is what is left of a backup that was broken off", path("begun"));
        refuses("none is no directory", path("none").resolve("copy"));
        refuses("lies in the archive itself", disk.directory().resolve("db/copy"));
        assertEquals(List.of("begun.part", "there"), names());
    }

    @Test
    public void aBackupThatFailsLeavesNothingBehind() throws IOException {
        Path properties = disk.directory().resolve("db/service.properties");
        Files.move(properties, path("aside"));
        String failure = assertThrows(ArchiveException.class, () -> disk.get().backup(path("copy"))).getMessage();
        assertTrue(failure, failure.contains("could not be copied to " + path("copy")));
        assertEquals(List.of("aside"), names());
        Files.move(path("aside"), properties);
        assertEquals(0, disk.get().backup(path("copy")));
    }

    @Test
    public void aDiskWithTooLittleRoomIsNamedBefore() throws Exception {
        Backup backup = new Backup(null, null, disk.directory(), any -> 1_000_000);
        String refusal = assertThrows(IllegalArgumentException.class, () -> backup.make(path("copy"))).getMessage();
        assertTrue(refusal, refusal.contains(folder.getRoot() + " has room for 1 MB, and a backup needs "));
        assertEquals(List.of(), names());
    }

    private void refuses(String sentence, Path directory) {
        String refusal =
                assertThrows(IllegalArgumentException.class, () -> disk.get().backup(directory)).getMessage();
        assertTrue(refusal, refusal.contains(sentence));
    }

    private DerbyArchive restore(Path copy) throws IOException {
        Path archive = folder.newFolder().toPath();
        Files.move(copy.resolve("db"), archive.resolve("db"));
        return new DerbyArchive(archive, Journal.MOST_BYTES, Clock.systemUTC());
    }

    private Path path(String name) {
        return folder.getRoot().toPath().resolve(name);
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder.getRoot().toPath())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
