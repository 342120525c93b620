// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.log;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.ArchiveIntake;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Batch;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ClosingTest {

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** Lives longer than any archive, as the threads of a web server do. */
    private final ExecutorService others = Executors.newCachedThreadPool();

    @After
    public void end() throws InterruptedException {
        others.shutdown();
        assertTrue(others.awaitTermination(20, TimeUnit.SECONDS));
    }

    @Test(timeout = 60_000)
    public void anAppendThatWasCaughtInTheMiddleIsStoredAndAcknowledged() throws Exception {
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        HookedClock clock = new HookedClock();
        disk.restartWith(clock);
        disk.describe(50);
        List<Batch> backfill = new ArrayList<>();
        for (int log = 1; log <= 50; log++) {
            backfill.add(new Batch(id(log), 1, reals(1, 2_000 + log)));
        }
        clock.before(() -> {
            inTheMiddle.countDown();
            while (isOpen(disk.get())) {
                Thread.onSpinWait();
            }
        });
        Future<Integer> append = others.submit(() -> disk.get().append(backfill));
        inTheMiddle.await();
        disk.get().close();
        assertEquals(101_275, append.get().intValue());
        clock.before(() -> { });
        disk.open();
        assertEquals(101_275, disk.get().end());
        LongLists.assertSame("log 50", reals(1, 2_050), disk.all(50));
    }

    @Test(timeout = 60_000)
    public void anAppendThatWillNotEndIsBrokenOffAndNotAcknowledged() throws Exception {
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        HookedClock clock = new HookedClock();
        disk.restartWith(clock);
        disk.describe(1);
        clock.before(() -> {
            inTheMiddle.countDown();
            awaitDeaf(goOn);
        });
        Future<Integer> append = others.submit(() -> disk.append(1, 1, reals(1, 10)));
        inTheMiddle.await();
        disk.get().close();
        goOn.countDown();
        assertEquals(ArchiveException.class, assertThrows(ExecutionException.class, append::get).getCause().getClass());
        clock.before(() -> { });
        disk.open();
        assertEquals(0, disk.get().end());
    }

    /** Whatever interrupts it. */
    private static void awaitDeaf(CountDownLatch latch) {
        for (boolean done = false; !done;) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException e) {
                Thread.interrupted();
            }
        }
    }

    private static boolean isOpen(DerbyArchive archive) {
        try {
            archive.end();
            return true;
        } catch (ArchiveException e) {
            return false;
        }
    }

    @Test
    public void readersAreToldSoAndNothingElse() throws Exception {
        disk.describe(3);
        for (int log = 1; log <= 3; log++) {
            disk.append(log, 1, reals(1, 5_000));
        }
        for (int round = 0; round < 3; round++) {
            DerbyArchive archive = disk.get();
            List<Callable<Object>> readings = List.of(() -> archive.samples(id(1), 0, Long.MAX_VALUE, 0, 10_000),
                    () -> archive.read(0, 9_000), () -> archive.extremes(id(2), 0, Long.MAX_VALUE, 500),
                    () -> archive.samples(id(3), 9_000_000, 9_900_000, 0, 10));
            AtomicInteger answers = new AtomicInteger();
            List<Future<Throwable>> ends = new ArrayList<>();
            for (Callable<Object> reading : readings) {
                ends.add(others.submit(() -> untilItFails(reading, answers)));
            }
            while (answers.get() < 20) {
                Thread.onSpinWait();
            }
            archive.close();
            for (Future<Throwable> end : ends) {
                Throwable failure = end.get(20, TimeUnit.SECONDS);
                assertEquals(failure.toString(), ArchiveException.class, failure.getClass());
                assertTrue(failure.getMessage(), failure.getMessage().contains("is closed"));
            }
            disk.open();
        }
    }

    private static Throwable untilItFails(Callable<Object> reading, AtomicInteger answers) {
        try {
            for (;;) {
                reading.call();
                answers.incrementAndGet();
            }
        } catch (Exception e) {
            return e;
        }
    }

    @Test
    public void noConnectionIsLeftOpenWhateverHappens() throws SQLException {
        disk.describe(1);
        int before = connections();
        for (int i = 0; i < 5; i++) {
            disk.append(1, 1, reals(1 + 3_000 * i, 3_000));
            disk.all(1);
            disk.wholeFeed();
            disk.get().extremes(id(1), 0, Long.MAX_VALUE, 10);
            assertThrows(IllegalArgumentException.class, () -> disk.append(99, 1, reals(1, 1)));
            assertThrows(IllegalArgumentException.class, () -> disk.get().moveBookmark("x", -1));
        }
        disk.sql("UPDATE chunk SET crc = 0");
        disk.restart();
        disk.all(1);
        disk.wholeFeed();
        disk.sql("DROP TABLE chunk");
        assertThrows(ArchiveException.class, () -> disk.all(1));
        assertThrows(ArchiveException.class, () -> disk.append(1, 1, reals(20_001, 3_000)));
        assertEquals(before, connections());
    }

    private int connections() throws SQLException {
        try (Connection connection = disk.connect(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT COUNT(*) FROM syscs_diag.transaction_table WHERE type = 'UserTransaction'")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** What an update of the bundle leaves behind is its class loader, unless every thread and registration is gone. */
    @Test
    public void nothingOfItsClassesStaysInMemory() throws Exception {
        disk.get().close();
        others.submit(() -> { }).get();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        WeakReference<ClassLoader> loader = new WeakReference<>(useInAClassLoaderOfItsOwn());
        List<Thread> left = new ArrayList<>(Thread.getAllStackTraces().keySet());
        left.removeAll(before);
        left.removeIf(thread -> !thread.isAlive());
        assertEquals(List.of(), left);
        for (long deadline = System.nanoTime() + 30_000_000_000L; loader.get() != null; System.gc()) {
            assertTrue("the class loader is still there", System.nanoTime() < deadline);
        }
        disk.open();
    }

    private ClassLoader useInAClassLoaderOfItsOwn() throws Exception {
        try (URLClassLoader own = new URLClassLoader(classPath(), ClosingTest.class.getClassLoader()) {
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
            try (AutoCloseable archive = (AutoCloseable) constructor.newInstance(folder.getRoot().toPath(), 1_000L,
                    Clock.systemUTC())) {
                others.submit(() -> {
                    ((ArchiveIntake) archive).describe(List.of(log(1)));
                    ((ArchiveIntake) archive).append(List.of(new Batch(id(1), 1, reals(1, 3_000))));
                    ((ArchiveQuery) archive).samples(id(1), 0, Long.MAX_VALUE, 0, 10_000);
                    ((ArchiveIntake) archive).append(List.of(new Batch(id(1), 1, reals(3_001, 10))));
                }).get();
            }
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
