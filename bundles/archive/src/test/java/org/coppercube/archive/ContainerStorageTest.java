// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.derby.io.StorageRandomAccessFile;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ContainerStorageTest {

    private static final int PAGE = 32_768;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path database;
    private Disk disk;
    private volatile boolean placing = true;
    private ContainerStorage storage;

    @Before
    public void open() throws IOException {
        database = Files.createDirectories(folder.getRoot().toPath().resolve("db"));
        Files.createDirectory(database.resolve("seg0"));
        disk = new Disk(folder.getRoot().toPath());
        disk.guard(this::before);
        lockAs("one");
        reopen();
    }

    @After
    public void close() {
        disk.close();
    }

    /** A full disk would refuse to lengthen a container, and a broken one even to write a page in place. */
    private void before(Disk.Change change) throws IOException {
        if (!placing && change.kind() == Disk.Kind.WRITE && change.path().startsWith("db/seg0/")) {
            throw new IOException("No space left on device");
        }
    }

    @Test
    public void aPageIsReadAsItWasWrittenBeforeItIsInItsFile() throws IOException {
        StorageRandomAccessFile file = container("c1.dat");
        write(file, 0, page(1));
        write(file, 0, Arrays.copyOf(page(9), 100)); // the head of a first page
        write(file, PAGE, page(2));
        byte[] first = page(1);
        Arrays.fill(first, 0, 100, (byte) 9);
        StorageRandomAccessFile other = container("c1.dat");
        for (StorageRandomAccessFile each : new StorageRandomAccessFile[] {file, other, file.clone()}) {
            assertEquals(2 * PAGE, each.length());
            assertArrayEquals(first, read(each, 0));
            assertArrayEquals(page(2), read(each, PAGE));
        }
        assertArrayEquals("only its room is taken", new byte[2 * PAGE], bytes("c1.dat"));
        file.close();
        other.sync();
        assertArrayEquals(first, Arrays.copyOf(bytes("c1.dat"), PAGE));
        assertEquals(2 * PAGE, bytes("c1.dat").length);
    }

    @Test
    public void whatIsHeldIsBoundedAndNoneOfItIsLost() throws IOException {
        StorageRandomAccessFile[] files = {container("c1.dat"), container("c2.dat")};
        for (int page = 0; page < 300; page++) {
            write(files[page % 2], (long) page / 2 * PAGE, page(page));
        }
        for (int page = 0; page < 300; page++) {
            assertArrayEquals("page " + page, page(page), read(files[page % 2], (long) page / 2 * PAGE));
        }
        assertArrayEquals("not held for ever", page(0), Arrays.copyOf(bytes("c1.dat"), PAGE));
        assertTrue(Files.size(database.resolve("pages.twice")) < 3 << 20);
    }

    @Test
    public void whatAPowerCutToreIsPutInPlace() throws IOException {
        tear();
        int before = disk.count();
        reopen();
        assertArrayEquals(page(1), bytes("c1.dat"));
        assertEquals(List.of(Disk.Kind.WRITE, Disk.Kind.SYNC), disk.changes().stream().skip(before)
                .filter(change -> change.path().equals("db/seg0/c1.dat")).map(Disk.Change::kind).toList());
    }

    @Test
    public void aBatchThatWasNotWrittenToItsEndIsPassedOver() throws IOException {
        tear();
        byte[] torn = bytes("c1.dat");
        byte[] batch = Files.readAllBytes(database.resolve("pages.twice"));
        for (int end = 0; end < batch.length; end += 1 + end / 8) {
            Files.write(database.resolve("pages.twice"), Arrays.copyOf(batch, end));
            reopen();
            Files.write(database.resolve("pages.twice"), Arrays.copyOf(Arrays.copyOf(batch, end), batch.length));
            reopen();
            assertArrayEquals("written up to " + end, torn, bytes("c1.dat"));
        }
    }

    /** An older release knows of no batch, a restored backup has another: Derby's lock file tells. */
    @Test
    public void aBatchIsWorthNothingOnceSomebodyElseHadTheDatabase() throws IOException {
        tear();
        byte[] left = bytes("c1.dat");
        lockAs("two");
        reopen();
        assertArrayEquals(left, bytes("c1.dat"));
        Files.write(database.resolve("db.lck"), new byte[0]);
        reopen();
        assertArrayEquals(left, bytes("c1.dat"));
        Files.delete(database.resolve("db.lck"));
        reopen();
        assertArrayEquals(left, bytes("c1.dat"));
    }

    @Test
    public void whatWasCutOffIsNotPutBack() throws IOException {
        StorageRandomAccessFile file = container("c1.dat");
        write(file, 0, page(1));
        write(file, PAGE, page(2));
        file.sync();
        file.setLength(PAGE);
        reopen();
        assertArrayEquals(page(1), bytes("c1.dat"));
    }

    @Test
    public void whatWasDeletedIsNotPutBack() throws IOException {
        StorageRandomAccessFile other = container("c2.dat");
        write(container("c1.dat"), 0, page(1));
        write(other, 0, page(2));
        other.sync();
        write(container("c1.dat"), 0, page(3));
        assertTrue(storage.newStorageFile("seg0/c1.dat").delete());
        write(other, 0, page(4));
        other.sync();
        assertTrue(storage.newStorageFile("seg0/c2.dat").delete());
        reopen();
        assertEquals(0, database.resolve("seg0").toFile().list().length);
    }

    @Test
    public void whatCannotBeWrittenInPlaceIsHeldAndTriedAgain() throws IOException {
        StorageRandomAccessFile file = container("c1.dat");
        write(file, 0, page(1));
        placing = false;
        for (int again = 0; again < 3; again++) {
            assertThrows(IOException.class, file::sync);
            assertArrayEquals(page(1), read(file, 0));
        }
        assertEquals("its copy is not written over", 1, disk.changes().stream().filter(change ->
                change.kind() == Disk.Kind.SYNC && change.path().endsWith("pages.twice")).count());
        assertThrows("no room for it", IOException.class, () -> write(file, PAGE, page(2)));
        write(file, 0, page(3));
        assertArrayEquals(page(3), read(file, 0));
        placing = true;
        file.sync();
        assertArrayEquals(page(3), bytes("c1.dat"));
    }

    /** Derby gives up when it cannot write, deletes its lock file, and is started again. */
    @Test
    public void whatCouldNotBeWrittenInPlaceIsWrittenAtTheNextOpening() throws IOException {
        StorageRandomAccessFile file = container("c1.dat");
        write(file, 0, page(1));
        placing = false;
        assertThrows(IOException.class, file::sync);
        Files.delete(database.resolve("db.lck"));
        storage.shutdown();
        placing = true;
        reopen();
        assertArrayEquals(page(1), bytes("c1.dat"));
    }

    @Test
    public void whoeverReadsTheFileItselfFindsAllOfIt() throws IOException {
        write(container("d1.dat"), 0, page(1));
        assertArrayEquals(page(1), storage.newStorageFile("seg0/d1.dat").getInputStream().readAllBytes());
        write(container("d1.dat"), 0, page(2));
        assertTrue(storage.newStorageFile("seg0/d1.dat").renameTo(storage.newStorageFile("seg0/d2.dat")));
        assertArrayEquals(page(2), bytes("d2.dat"));
    }

    /** A page in place is half of what it was to be. */
    private void tear() throws IOException {
        StorageRandomAccessFile file = container("c1.dat");
        write(file, 0, page(1));
        file.sync();
        Files.write(database.resolve("seg0/c1.dat"), Arrays.copyOf(Arrays.copyOf(page(1), PAGE / 2), PAGE));
    }

    private void lockAs(String opening) throws IOException {
        try (DataOutputStream lock = new DataOutputStream(Files.newOutputStream(database.resolve("db.lck")))) {
            lock.writeUTF(opening);
        }
    }

    private void reopen() throws IOException {
        storage = new WatchedContainers();
        storage.init(null, database.toString(), null, "unique");
    }

    private StorageRandomAccessFile container(String name) throws IOException {
        return storage.newStorageFile("seg0", name).getRandomAccessFile("rw");
    }

    private byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(database.resolve("seg0").resolve(name));
    }

    private static void write(StorageRandomAccessFile file, long at, byte[] data) throws IOException {
        file.seek(at);
        file.write(data, 0, data.length);
        assertEquals(at + data.length, file.getFilePointer());
    }

    private static byte[] read(StorageRandomAccessFile file, long at) throws IOException {
        byte[] page = new byte[PAGE];
        file.seek(at);
        file.readFully(page);
        return page;
    }

    private static byte[] page(int filledWith) {
        byte[] page = new byte[PAGE];
        Arrays.fill(page, (byte) filledWith);
        return page;
    }
}
