// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.archive.Interval;
import org.coppercube.api.archive.Page;
import org.coppercube.api.archive.RollupPage;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

/** However much there is, whoever reads it needs memory for what he asks for at a time, and for a few chunks. */
public class SmallHeapTest {

    private static final int COUNT = 2_000_000;
    private static final int TEXTS = 7_500;
    private static final int LETTERS = 8_000;

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();

    /** Reads all there is in every way, in a process of its own whose heap is far too small for it. */
    public static final class Reader {
        private Reader() {
        }

        public static void main(String[] arguments) {
            Path directory = Path.of(arguments[0]);
            try (DerbyArchive archive = new DerbyArchive(directory, Journal.MOST_BYTES, Clock.systemUTC())) {
                System.out.println(pages(archive, 1, 2_048) + " " + pages(archive, 2, 20) + " " + feed(archive) + " "
                        + rollups(archive) + " " + extremes(archive));
            }
        }

        private static long extremes(DerbyArchive archive) {
            return archive.extremes(id(1), Long.MIN_VALUE, Long.MAX_VALUE, 2_000).stream()
                    .mapToInt(slice -> slice.samples().size()).sum();
        }

        private static long pages(DerbyArchive archive, int log, int limit) {
            long count = 0;
            for (OptionalLong start = OptionalLong.of(0); start.isPresent();) {
                Page page = archive.samples(id(log), Long.MIN_VALUE, Long.MAX_VALUE, start.getAsLong(), limit);
                count += page.slices().stream().mapToInt(slice -> slice.samples().size()).sum();
                start = page.next();
            }
            return count;
        }

        private static long feed(DerbyArchive archive) {
            long count = 0;
            for (long position = 0; position < archive.end();) {
                List<Entry> entries = archive.read(position, 20);
                count += entries.stream().mapToInt(entry -> entry.samples().size()).sum();
                position = entries.get(entries.size() - 1).position();
            }
            return count;
        }

        private static long rollups(DerbyArchive archive) {
            long count = 0;
            for (OptionalLong from = OptionalLong.of(Long.MIN_VALUE); from.isPresent();) {
                RollupPage page =
                        archive.rollups(id(1), from.getAsLong(), Long.MAX_VALUE, Interval.parse("1h"), 2_048);
                count += page.rows().stream().mapToLong(row -> row.count()).sum();
                from = page.next();
            }
            return count;
        }
    }

    @Test
    public void whateverIsReadTakesMemoryForAPageAndAFewChunks() throws Exception {
        disk.describe(2);
        for (int part = 0; part < 50; part++) {
            disk.append(1, 1, reals(1 + (long) part * COUNT / 50, COUNT / 50));
        }
        for (int part = 0; part < TEXTS / 6; part++) {
            disk.append(2, 1, texts(part, 6));
        }
        disk.get().close();
        String told = read();
        disk.open();
        assertEquals(COUNT + " " + TEXTS + " " + (COUNT + TEXTS) + " " + COUNT + " 2000", told);
    }

    @Test
    public void theCacheTakesNoMoreThanItSaysWhateverIsInIt() {
        ChunkCache cache = new ChunkCache();
        for (int chunk = 0; chunk < 3_000; chunk++) {
            cache.put(chunk % 7, chunk, new Stretch(1, chunk, chunk % 3 == 0 ? texts(chunk, 50) : reals(1, 2_048)));
            assertTrue("of " + chunk, cache.bytes() <= ChunkCache.MOST_BYTES);
        }
        assertTrue("it is used", cache.bytes() > ChunkCache.MOST_BYTES / 2);
        Stretch known = new Stretch(1, 5_000, reals(1, 100));
        cache.put(1, 5_000, known);
        long before = cache.bytes();
        cache.put(1, 5_000, new Stretch(1, 5_000, reals(1, 100)));
        assertEquals("two at once count once", before, cache.bytes());
    }

    /** Each a little less than a sample may have. */
    private static List<Sample> texts(int part, int count) {
        List<Sample> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long sequence = (long) part * count + i + 1;
            Reading text = new Reading.Text((sequence + " ").repeat(LETTERS / 5));
            texts.add(new Sample(sequence, 90_000 * sequence, 0, text));
        }
        return texts;
    }

    private String read() throws IOException, InterruptedException {
        Process reader = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "-Xmx48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                Reader.class.getName(), disk.directory().toString()).redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = reader.getInputStream()) {
            String told = new String(said.readAllBytes(), StandardCharsets.US_ASCII).strip();
            assertTrue(reader.waitFor(20, TimeUnit.SECONDS));
            return told;
        }
    }
}
