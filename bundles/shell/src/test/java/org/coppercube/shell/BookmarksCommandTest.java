// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.coppercube.api.archive.ArchiveFeed;
import org.coppercube.api.archive.Entry;
import org.junit.Rule;
import org.junit.Test;

public class BookmarksCommandTest {

    @Rule
    public final Console console = new Console(BookmarksCommand.class);

    private final SortedMap<String, Long> bookmarks = new TreeMap<>(Map.of("amqp", 900L, "sql", 1_000L));
    private final SortedMap<String, Long> missed = new TreeMap<>(Map.of("amqp", 34L));

    @Test
    public void showsHowFarEachReaderIsAndWhatItMissed() throws Exception {
        console.offer(feed());
        String printed = console.run("cube:bookmarks");
        assertTrue(printed, printed.matches("(?s).*amqp +. 900 +. 100 +. 34.*sql +. 1000 +. 0.*"));
    }

    @Test
    public void aReaderIsAcknowledgedOrForgotten() throws Exception {
        console.offer(feed());
        console.run("cube:bookmarks --acknowledge amqp");
        assertEquals(Map.of(), missed);
        console.run("cube:bookmarks --forget sql");
        assertEquals(Map.of("amqp", 900L), bookmarks);
        assertEquals("There is no reader sql; there are: amqp", assertThrows(Exception.class,
                () -> console.run("cube:bookmarks --forget sql")).getMessage());
    }

    @Test
    public void withoutAnArchiveThatIsSaid() {
        assertEquals("The archive is away; see cube:status",
                assertThrows(Exception.class, () -> console.run("cube:bookmarks")).getMessage());
    }

    private ArchiveFeed feed() {
        return new ArchiveFeed() {
            @Override
            public List<Entry> read(long position, int limit) {
                return List.of();
            }

            @Override
            public long end() {
                return 1_000;
            }

            @Override
            public boolean await(long position, Duration atMost) {
                return false;
            }

            @Override
            public long bookmark(String reader) {
                return bookmarks.getOrDefault(reader, 0L);
            }

            @Override
            public void moveBookmark(String reader, long position) {
                bookmarks.put(reader, position);
            }

            @Override
            public void forget(String reader) {
                bookmarks.remove(reader);
            }

            @Override
            public long missed(String reader) {
                return missed.getOrDefault(reader, 0L);
            }

            @Override
            public void acknowledge(String reader) {
                missed.remove(reader);
            }

            @Override
            public SortedMap<String, Long> bookmarks() {
                return bookmarks;
            }
        };
    }
}
