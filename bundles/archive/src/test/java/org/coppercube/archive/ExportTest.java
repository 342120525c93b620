// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.Transfer;
import org.coppercube.api.archive.Watch;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ExportTest {

    private static final Watch TO_THE_END = (done, all) -> true;

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk(40_000);
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void everyKindOfSampleComesBackWithRunNumberAndFlags() {
        List<Sample> kinds = EveryKind.samples();
        Random random = new Random(3);
        List<Sample> many = EveryKind.random(random, 1, 9_000);
        disk.describe(3);
        disk.append(1, 1, kinds);
        disk.append(2, 1, many);
        disk.append(2, 4, reals(1, 10));
        Transfer exported = export("all");
        assertEquals(2, exported.logs());
        assertEquals(disk.get().end(), exported.records());
        Holding holding = disk.get().holding(id(2)).orElseThrow();
        disk.renew();
        Transfer imported = importFrom("all");
        assertEquals(new Transfer(2, exported.records(), exported.records(), exported.sha256()), imported);
        disk.restart();
        LongLists.assertSame("every kind", kinds, disk.all(1));
        LongLists.assertSame("many", many, disk.all(2).subList(0, 9_000));
        assertEquals(holding, disk.get().holding(id(2)).orElseThrow());
        assertEquals("a log of which there is nothing is left out", Optional.empty(), disk.get().holding(id(3)));
        assertEquals(List.of(4), disk.pages(2, Long.MIN_VALUE, Long.MAX_VALUE, 20_000).stream()
                .map(slice -> slice.run()).filter(run -> run > 1).toList());
    }

    @Test
    public void itsBytesDependOnTheSamplesAlone() {
        List<Sample> samples = texts(6_000);
        disk.describe(2);
        Random random = new Random(5);
        for (int done = 0; done < samples.size();) {
            int end = Math.min(samples.size(), done + 1 + random.nextInt(200));
            disk.append(1, 1, samples.subList(done, end));
            disk.append(2, 1, reals(1 + done, end - done));
            done = end;
        }
        disk.append(2, 2, reals(1, 3));
        disk.restart();
        export("small pieces");
        disk.renew();
        disk.describe(2);
        disk.append(2, 1, reals(1, 6_000));
        disk.append(1, 1, samples);
        disk.append(2, 2, reals(1, 3));
        assertEquals(12_003, export("large pieces").records());
        assertArrayEquals(bytes("small pieces"), bytes("large pieces"));
        disk.renew();
        importFrom("small pieces");
        export("imported");
        assertArrayEquals(bytes("small pieces"), bytes("imported"));
    }

    /** What is asked of a backup: the same up to its position, whichever way it is looked at. */
    @Test
    public void twoRestoresOfABackupTakenUnderLoadExportTheSameBytes() throws Exception {
        disk.describe(4);
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> collecting = CompletableFuture.runAsync(() -> {
            for (long next = 1; !enough.get(); next += 70) {
                List<Batch> visit = new ArrayList<>();
                for (int log = 1; log <= 4; log++) {
                    visit.add(new Batch(id(log), 1, reals(next, 70)));
                }
                disk.get().append(visit);
            }
        });
        while (disk.get().end() < 12_000) {
            assertFalse(collecting.isDone());
        }
        long position = disk.get().backup(path("backup"));
        enough.set(true);
        collecting.get(20, TimeUnit.SECONDS);
        disk.get().exportTo(path("original"), List.of(), position, TO_THE_END);
        disk.get().close();
        for (String name : List.of("first", "second")) {
            copy(path("backup"), path(name));
            try (DerbyArchive restored = new DerbyArchive(path(name), Journal.MOST_BYTES, Clock.systemUTC())) {
                if (name.equals("second")) { // it may go on before it is exported
                    restored.append(List.of(new Batch(id(2), 2, reals(1, 3_000))));
                }
                Transfer transfer = restored.exportTo(path(name + ".export"), List.of(), position, TO_THE_END);
                assertEquals(position, transfer.records());
            }
        }
        assertArrayEquals(bytes("original"), bytes("first.export"));
        assertArrayEquals(bytes("first.export"), bytes("second.export"));
        disk.open();
    }

    @Test
    public void anImportAddsOnlyWhatIsNotThere() {
        disk.describe(2);
        disk.append(1, 1, reals(1, 5_000));
        export("early");
        disk.append(1, 1, reals(5_001, 5_000));
        disk.append(2, 1, reals(1, 100));
        export("late");
        disk.renew();
        assertEquals(5_000, importFrom("early").added());
        assertEquals(0, importFrom("early").added());
        assertEquals(5_100, importFrom("late").added());
        assertEquals(0, importFrom("late").added());
        assertEquals("nor is anything lost by an older one", 0, importFrom("early").added());
        LongLists.assertSame("log 1", reals(1, 10_000), disk.all(1));
        assertEquals(List.of(), disk.get().verify(List.of(), TO_THE_END).findings());
    }

    @Test
    public void samplesThatContradictTheFileAreNotTouched() {
        disk.describe(2);
        disk.append(1, 1, reals(1, 100));
        disk.append(2, 1, reals(1, 3_000));
        export("file");
        disk.renew();
        disk.describe(2);
        List<Sample> different = new ArrayList<>(reals(1, 2_500));
        different.set(2_400, new Sample(2_401, 1, 60, new Reading.Null()));
        disk.append(2, 1, different);
        refuses("The archive has other samples of hq.1200.TL2 than " + path("file") + ": in the file there is number"
                + " 2401", "file", Optional.empty());
        assertEquals("of the other log, too, nothing is taken", 0, disk.all(1).size());
        disk.renew();
        disk.describe(2);
        disk.append(2, 2, reals(1, 10));
        refuses("here number 1 of run 2", "file", Optional.empty());
        assertEquals(3_100, disk.get().importFrom(path("file"), Optional.of("annex"), TO_THE_END).added());
        assertEquals(10, disk.all(2).size());
    }

    @Test
    public void aSiteCanBeRenamed() {
        disk.describe(1);
        disk.append(1, 1, reals(1, 100));
        export("file");
        disk.get().importFrom(path("file"), Optional.of("annex"), TO_THE_END);
        assertEquals(100, disk.get().holding(TrendLogId.parse("annex.1200.TL1")).orElseThrow().samples());
        export("both");
        refuses("has logs of the sites annex and hq", "both", Optional.of("new"));
        refuses("site is \"No\"", "file", Optional.of("No"));
    }

    @Test
    public void onlyTheLogsWantedAreExported() {
        disk.describe(3);
        for (int log = 1; log <= 3; log++) {
            disk.append(log, 1, reals(1, 10));
        }
        assertEquals(2, disk.get().exportTo(path("two"), List.of(id(3), id(1), id(3)), 30, TO_THE_END).logs());
        assertThrows(IllegalArgumentException.class,
                () -> disk.get().exportTo(path("none"), List.of(id(77)), 30, TO_THE_END));
        assertEquals(List.of("two"), names());
        disk.renew();
        importFrom("two");
        assertEquals(Optional.empty(), disk.get().holding(id(2)));
    }

    @Test
    public void aFileThatIsDamagedAnywhereChangesNothing() throws IOException {
        disk.describe(2);
        disk.append(1, 1, EveryKind.samples());
        disk.append(2, 1, reals(1, 30));
        export("whole");
        byte[] whole = bytes("whole");
        disk.renew();
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;
            refusesBytes(flipped);
            refusesBytes(Arrays.copyOf(whole, at));
        }
        refusesBytes(Arrays.copyOf(whole, whole.length + 1));
        whole[30] ^= 1;
        Files.write(path("broken"), whole);
        refuses(path("broken") + " is damaged at byte 20: check sum is wrong", "broken", Optional.empty());
        assertEquals(0, disk.get().end());
        assertEquals(List.of(), disk.get().holdings());
        importFrom("whole");
    }

    @Test
    public void aForeignFileIsNamed() throws IOException {
        Files.writeString(path("text"), "time,value\n1,2\n");
        refuses(path("text") + " is no export of CopperCube", "text", Optional.empty());
        Files.writeString(path("newer"), "CopperCube export 2\n and more");
        refuses("was exported by newer software", "newer", Optional.empty());
        refuses("cannot be read", "nowhere", Optional.empty());
    }

    @Test
    public void nothingIsOverwrittenAndNothingHalfWrittenIsLeft() throws IOException, SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 10_000));
        Files.writeString(path("there"), "mine");
        assertThrows(IllegalArgumentException.class, () -> export("there"));
        assertEquals("mine", Files.readString(path("there")));
        assertThrows(CancellationException.class,
                () -> disk.get().exportTo(path("ended"), List.of(), Long.MAX_VALUE, (done, all) -> done < 4_096));
        disk.sql("UPDATE chunk SET crc = 0 WHERE first_record = 4096");
        String damage = assertThrows(ArchiveException.class, () -> export("damaged")).getMessage();
        assertTrue(damage, damage.startsWith("Chunk 6144 of hq.1200.TL1"));
        disk.sql("DELETE FROM chunk WHERE first_record = 4096");
        String hole = assertThrows(ArchiveException.class, () -> export("hole")).getMessage();
        assertTrue(hole, hole.startsWith("Records 4096 to 6143 of hq.1200.TL1 are not there"));
        assertEquals(List.of("there"), names());
    }

    @Test
    public void anImportThatWasEndedGoesOnWithTheNext() {
        disk.describe(3);
        for (int log = 1; log <= 3; log++) {
            disk.append(log, 1, reals(1, 40_000));
        }
        export("file");
        disk.renew();
        assertThrows(CancellationException.class,
                () -> disk.get().importFrom(path("file"), Optional.empty(), (done, all) -> 4 * done < 3 * all));
        long imported = disk.get().end();
        assertTrue(imported + " imported", 0 < imported && imported < 120_000);
        assertEquals(120_000 - imported, importFrom("file").added());
        export("again");
        assertArrayEquals(bytes("file"), bytes("again"));
    }

    @Test
    public void whoStoresTheSameLogsMeanwhileIsNotOverlooked() {
        disk.describe(1);
        disk.append(1, 1, reals(1, 100));
        export("file");
        disk.renew();
        String refusal = assertThrows(ArchiveException.class, () -> disk.get().importFrom(path("file"),
                Optional.empty(), (done, all) -> {
                    if (done > all / 2) {
                        disk.append(1, 1, reals(50, 10));
                    }
                    return true;
                })).getMessage();
        assertTrue(refusal, refusal.startsWith("Others store samples of the same logs"));
    }

    private Transfer export(String name) {
        return disk.get().exportTo(path(name), List.of(), Long.MAX_VALUE, TO_THE_END);
    }

    private Transfer importFrom(String name) {
        return disk.get().importFrom(path(name), Optional.empty(), TO_THE_END);
    }

    private void refuses(String sentence, String name, Optional<String> site) {
        String refusal = assertThrows(IllegalArgumentException.class,
                () -> disk.get().importFrom(path(name), site, TO_THE_END)).getMessage();
        assertTrue(refusal, refusal.contains(sentence));
    }

    private void refusesBytes(byte[] content) throws IOException {
        Files.write(path("broken"), content);
        assertThrows(IllegalArgumentException.class, () -> importFrom("broken"));
    }

    private static List<Sample> texts(int count) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            samples.add(i % 3 > 0 ? ArchiveOnDisk.real(i, 6_000L * i)
                    : new Sample(i, 6_000L * i, 0, new Reading.Text("x".repeat(i % 500))));
        }
        return samples;
    }

    private Path path(String name) {
        return folder.getRoot().toPath().resolve(name);
    }

    private byte[] bytes(String name) {
        try {
            return Files.readAllBytes(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder.getRoot().toPath())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
