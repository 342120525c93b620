// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RequestsTest {

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path directory;
    private Requests requests;

    @Before
    public void begin() throws IOException {
        directory = folder.getRoot().toPath().resolve("requests");
        Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwxrwxrwx")));
        requests = new Requests(disk.get(), directory, Duration.ofMillis(5));
    }

    @After
    public void end() {
        requests.close();
    }

    @Test
    public void aBackupIsMadeForWhoAsks() throws IOException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 5_000));
        Path copy = folder.getRoot().toPath().resolve("a copy");
        assertEquals(List.of("done", "5000"), ask("1", "backup", copy.toString()));
        assertTrue(Files.isDirectory(copy.resolve("db")));
        List<String> refusal = ask("2", "backup", copy.toString());
        assertEquals("refused", refusal.get(0));
        assertTrue(refusal.get(1), refusal.get(1).contains(copy + " is there already"));
    }

    @Test
    public void whatIsNoRequestIsRefusedAndDoesNotHoldUpTheNext() throws IOException {
        for (List<String> strange : List.of(List.of("reboot"), List.<String>of(), List.of("backup", "relative"),
                List.of("backup", "/a", "/b"))) {
            assertEquals("refused", ask("3", strange.toArray(String[]::new)).get(0));
        }
        Files.writeString(directory.resolve("notes.txt"), "no request");
        Path copy = folder.getRoot().toPath().resolve("copy");
        assertEquals(List.of("done", "0"), ask("4", "backup", copy.toString()));
    }

    @Test
    public void onlyItsOwnerMayAsk() throws IOException {
        ask("5", "nothing");
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
    }

    @Test
    public void aDirectoryThatIsGoneIsMadeAgain() throws IOException {
        Files.deleteIfExists(directory);
        for (long deadline = System.nanoTime() + 20_000_000_000L; !Files.exists(directory); Thread.onSpinWait()) {
            assertTrue("in time", System.nanoTime() < deadline);
        }
        assertEquals("refused", ask("6", "nothing").get(0));
    }

    private List<String> ask(String name, String... lines) throws IOException {
        Path answer = directory.resolve(name + ".answer");
        Path half = directory.resolve(name + ".half");
        Files.write(half, List.of(lines));
        Files.move(half, directory.resolve(name + ".request"));
        for (long deadline = System.nanoTime() + 20_000_000_000L; !Files.exists(answer); Thread.onSpinWait()) {
            assertTrue("in time", System.nanoTime() < deadline);
        }
        List<String> said = Files.readAllLines(answer);
        Files.delete(answer);
        for (long deadline = System.nanoTime() + 20_000_000_000L; Files.exists(directory.resolve(name + ".request"));) {
            assertTrue("in time", System.nanoTime() < deadline);
        }
        assertFalse(said.isEmpty());
        return said;
    }
}
