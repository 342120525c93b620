// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.coppercube.api.archive.ArchiveException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DatabaseTest {

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aHalfMadeDatabaseIsThrownAway() throws IOException {
        disk.get().close();
        Path fresh = folder.getRoot().toPath();
        Files.createDirectories(fresh.resolve("db.new/seg0"));
        Files.writeString(fresh.resolve("db.new/seg0/c10.dat"), "not much");
        Files.writeString(fresh.resolve("db.new/service.properties"), "");
        try (DerbyArchive archive = new DerbyArchive(fresh, 1_000, Clock.systemUTC())) {
            assertEquals(0, archive.end());
            assertFalse(Files.exists(fresh.resolve("db.new")));
        }
        disk.open();
    }

    @Test
    public void twoArchivesNeverShareADirectory() {
        IllegalStateException refusal = assertThrows(IllegalStateException.class,
                () -> new DerbyArchive(disk.directory(), 1_000, Clock.systemUTC()));
        assertTrue(refusal.getMessage(), refusal.getMessage().contains(disk.directory() + " is in use"));
        disk.describe(1);
        assertEquals("the first one goes on", 1, disk.append(1, 1, reals(1, 1)));
    }

    @Test
    public void anotherVersionIsLeftUntouched() throws SQLException {
        disk.sql("UPDATE schema_version SET version = 99");
        disk.get().close();
        String refusal = assertThrows(IllegalStateException.class, disk::open).getMessage();
        assertTrue(refusal, refusal.contains("version 99"));
    }

    @Test
    public void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
        Path file = folder.newFile("plain").toPath();
        ArchiveException refusal = assertThrows(ArchiveException.class,
                () -> new DerbyArchive(file.resolve("archive"), 1_000, Clock.systemUTC()));
        assertTrue(refusal.getMessage(), refusal.getMessage().contains(file.toString()));
    }

    @Test
    public void liesBelowTheDataOfTheApplianceUnlessToldOtherwise() {
        Map<String, String> both = Map.of("cube.data", "/var/cube", "karaf.data", "/opt/karaf/data");
        assertEquals(Path.of("/var/cube/archive"), DerbyArchive.directory(both::get, ""));
        assertEquals(Path.of("/var/cube/old"), DerbyArchive.directory(both::get, " old "));
        assertEquals(Path.of("/mnt/disk"), DerbyArchive.directory(both::get, "/mnt/disk"));
        assertEquals(Path.of("/k/archive"), DerbyArchive.directory(Map.of("karaf.data", "/k")::get, ""));
        assertEquals(Path.of("/mnt/disk"), DerbyArchive.directory(name -> null, "/mnt/disk"));
        assertThrows(IllegalArgumentException.class, () -> DerbyArchive.directory(name -> null, ""));
    }

    @Test
    public void derbyWritesItsMessagesIntoTheArchiveOnly() {
        assertTrue(Files.exists(disk.directory().resolve("derby.log")));
        assertNull(System.getProperty("derby.stream.error.file"));
        disk.get().close();
        disk.get().close();
        assertFalse(Files.exists(Path.of("derby.log")));
    }

    /** What an update of the bundle leaves behind is its class loader, unless every thread and registration is gone. */
    @Test
    public void closingLeavesNothingOfItsClassesInMemory() throws Exception {
        disk.get().close();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        WeakReference<ClassLoader> loader = new WeakReference<>(openAndCloseInAClassLoaderOfItsOwn());
        List<Thread> left = new ArrayList<>(Thread.getAllStackTraces().keySet());
        left.removeAll(before);
        left.removeIf(thread -> !thread.isAlive());
        assertEquals(List.of(), left);
        for (long deadline = System.nanoTime() + 10_000_000_000L; loader.get() != null; System.gc()) {
            assertTrue("the class loader is still there", System.nanoTime() < deadline);
        }
        disk.open();
    }

    private ClassLoader openAndCloseInAClassLoaderOfItsOwn() throws Exception {
        ClassLoader parent = DatabaseTest.class.getClassLoader();
        try (URLClassLoader own = new URLClassLoader(classPath(), parent) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.startsWith("org.apache.derby.") || name.startsWith("org.coppercube.archive.")) {
                    synchronized (getClassLoadingLock(name)) {
                        Class<?> loaded = findLoadedClass(name);
                        return loaded == null ? findClass(name) : loaded;
                    }
                }
                return super.loadClass(name, resolve);
            }
        }) {
            var constructor = own.loadClass(DerbyArchive.class.getName())
                    .getDeclaredConstructor(Path.class, long.class, Clock.class);
            constructor.setAccessible(true);
            ((AutoCloseable) constructor.newInstance(folder.getRoot().toPath(), 1_000L, Clock.systemUTC())).close();
            return own;
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(part).toUri().toURL());
        }
        return urls.toArray(new URL[0]);
    }
}
