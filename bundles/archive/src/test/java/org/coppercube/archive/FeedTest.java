// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.log;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;
import org.junit.Rule;
import org.junit.Test;

public class FeedTest {

    private static final int LOGS = 7;

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk(20_000);

    @Test
    public void readsInTheOrderOfArrivalBeforeAndAfterRewritingAndRestart() throws SQLException {
        disk.describe(LOGS);
        Random random = new Random(23);
        List<Entry> arrived = new ArrayList<>();
        int[] next = new int[LOGS + 1];
        for (int visit = 0; visit < 600; visit++) {
            List<Batch> batches = new ArrayList<>();
            for (int log = 1; log <= LOGS; log++) {
                int count = random.nextInt(3) == 0 ? 0 : random.nextInt(random.nextInt(100) == 0 ? 2_500 : 20);
                if (count > 0) {
                    List<Sample> samples = reals(1 + next[log], count);
                    next[log] += count;
                    batches.add(new Batch(id(log), 1, samples));
                    long before = arrived.isEmpty() ? 0 : arrived.get(arrived.size() - 1).position();
                    arrived.add(new Entry(before + count, log(log), 1, samples));
                }
            }
            disk.get().append(batches);
        }
        assertTrue("the journal was rewritten and not only added to", oldestJournalRow() > 1);
        List<Entry> feed = disk.wholeFeed();
        LongLists.assertSame("feed", samples(arrived), samples(feed));
        assertEquals(disk.get().end(), feed.get(feed.size() - 1).position());
        disk.restart();
        LongLists.assertSame("restarted", feed, disk.wholeFeed());
        assertEquals(arrived.get(arrived.size() - 1).position(), disk.get().end());
        LongLists.assertSame("in pages", samples(arrived), samples(readWith(random)));
    }

    @Test
    public void anEntryIsCutWhereTheLimitFalls() {
        disk.describe(2);
        disk.get().append(List.of(new Batch(id(1), 1, reals(1, 10)), new Batch(id(2), 4, reals(51, 10))));
        assertEquals(List.of(new Entry(4, log(1), 1, reals(1, 4))), disk.get().read(0, 4));
        assertEquals(List.of(new Entry(10, log(1), 1, reals(5, 6)), new Entry(11, log(2), 4, reals(51, 1))),
                disk.get().read(4, 7));
        assertEquals(List.of(), disk.get().read(20, 7));
    }

    @Test
    public void logsAreCalledAsTheyAreKnownNow() {
        disk.describe(1);
        disk.append(1, 1, reals(1, 1));
        disk.get().read(0, 1);
        disk.get().describe(List.of(
                new TrendLog(id(1), "Renamed", "", "", null, "", ZoneId.of("UTC"), Duration.ZERO, 0)));
        assertEquals("Renamed", disk.get().read(0, 1).get(0).log().name());
    }

    @Test
    public void bookmarksMoveBothWaysAndSurvive() {
        disk.describe(1);
        disk.append(1, 1, reals(1, 100));
        assertEquals(0, disk.get().bookmark("sql"));
        disk.get().moveBookmark("sql", 100);
        disk.get().moveBookmark("amqp", 7);
        disk.get().moveBookmark("sql", 50);
        disk.restart();
        assertEquals(Map.of("amqp", 7L, "sql", 50L), disk.get().bookmarks());
        assertThrows(IllegalArgumentException.class, () -> disk.get().moveBookmark("sql", 101));
        assertThrows(IllegalArgumentException.class, () -> disk.get().moveBookmark("sql", -1));
        assertEquals(50, disk.get().bookmark("sql"));
    }

    @Test
    public void waitsForWhatIsNewer() throws Exception {
        disk.describe(1);
        assertFalse(disk.get().await(0, Duration.ofMillis(1)));
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(this::awaitFirst);
        disk.append(1, 1, reals(1, 1));
        assertTrue(waiting.get(20, TimeUnit.SECONDS));
        assertTrue(disk.get().await(0, Duration.ZERO));
    }

    @Test
    public void closingEndsTheWait() throws Exception {
        CompletableFuture<Object> waiting =
                CompletableFuture.supplyAsync(this::awaitFirst).handle((news, e) -> e.getCause());
        disk.get().close();
        assertEquals(ArchiveException.class, waiting.get(20, TimeUnit.SECONDS).getClass());
    }

    private boolean awaitFirst() {
        try {
            return disk.get().await(0, Duration.ofMinutes(1));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Entry> readWith(Random random) {
        List<Entry> all = new ArrayList<>();
        for (long position = 0; position < disk.get().end(); position = all.get(all.size() - 1).position()) {
            int limit = 1 + random.nextInt(700);
            List<Entry> page = disk.get().read(position, limit);
            int size = page.stream().mapToInt(entry -> entry.samples().size()).sum();
            assertEquals(Math.min(limit, disk.get().end() - position), size);
            assertEquals(position + size, page.get(page.size() - 1).position());
            all.addAll(page);
        }
        return all;
    }

    /** Which log said what, in order; how it is cut into entries does not matter. */
    private static List<String> samples(List<Entry> entries) {
        return entries.stream().flatMap(entry -> entry.samples().stream()
                .map(sample -> entry.log().id() + " " + entry.run() + " " + sample)).toList();
    }

    private long oldestJournalRow() throws SQLException {
        try (Connection connection = disk.connect(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT MIN(id) FROM journal")) {
            row.next();
            return row.getLong(1);
        }
    }
}
