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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
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
import org.coppercube.api.archive.Transfer;
import org.coppercube.api.archive.Watch;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

public class ExportTest {

    private static final Watch TO_THE_END = (done, all) -> true;

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk(40_000);
    @Rule
    public final Exports files = new Exports(disk);

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
        files.export("small pieces");
        disk.renew();
        disk.describe(2);
        disk.append(2, 1, reals(1, 6_000));
        disk.append(1, 1, samples);
        disk.append(2, 2, reals(1, 3));
        assertEquals(12_003, files.export("large pieces").records());
        assertArrayEquals(files.bytes("small pieces"), files.bytes("large pieces"));
        disk.renew();
        files.importFrom("small pieces");
        files.export("imported");
        assertArrayEquals(files.bytes("small pieces"), files.bytes("imported"));
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
        long position = disk.get().backup(files.path("backup"));
        enough.set(true);
        collecting.get(20, TimeUnit.SECONDS);
        disk.get().exportTo(files.path("original"), List.of(), position, TO_THE_END);
        disk.get().close();
        for (String name : List.of("first", "second")) {
            copy(files.path("backup"), files.path(name));
            try (DerbyArchive restored = new DerbyArchive(files.path(name), Journal.MOST_BYTES, Clock.systemUTC())) {
                if (name.equals("second")) { // it may go on before it is exported
                    restored.append(List.of(new Batch(id(2), 2, reals(1, 3_000))));
                }
                Transfer transfer = restored.exportTo(files.path(name + ".export"), List.of(), position, TO_THE_END);
                assertEquals(position, transfer.records());
            }
        }
        assertArrayEquals(files.bytes("original"), files.bytes("first.export"));
        assertArrayEquals(files.bytes("first.export"), files.bytes("second.export"));
        disk.open();
    }

    @Test
    public void onlyTheLogsWantedAreExported() {
        disk.describe(3);
        for (int log = 1; log <= 3; log++) {
            disk.append(log, 1, reals(1, 10));
        }
        assertEquals(2, disk.get().exportTo(files.path("two"), List.of(id(3), id(1), id(3)), 30, TO_THE_END).logs());
        assertThrows(IllegalArgumentException.class,
                () -> disk.get().exportTo(files.path("none"), List.of(id(77)), 30, TO_THE_END));
        assertEquals(List.of("two"), files.names());
        disk.renew();
        files.importFrom("two");
        assertEquals(Optional.empty(), disk.get().holding(id(2)));
    }

    @Test
    public void nothingIsOverwrittenAndNothingHalfWrittenIsLeft() throws IOException, SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 10_000));
        Files.writeString(files.path("there"), "mine");
        assertThrows(IllegalArgumentException.class, () -> files.export("there"));
        assertEquals("mine", Files.readString(files.path("there")));
        assertThrows(CancellationException.class,
                () -> disk.get().exportTo(files.path("ended"), List.of(), Long.MAX_VALUE, (done, all) -> done < 4_096));
        disk.sql("UPDATE chunk SET crc = 0 WHERE first_record = 4096");
        String damage = assertThrows(ArchiveException.class, () -> files.export("damaged")).getMessage();
        assertTrue(damage, damage.startsWith("Chunk 6144 of hq.1200.TL1"));
        disk.sql("DELETE FROM chunk WHERE first_record = 4096");
        String hole = assertThrows(ArchiveException.class, () -> files.export("hole")).getMessage();
        assertTrue(hole, hole.startsWith("Records 4096 to 6143 of hq.1200.TL1 are not there"));
        assertEquals(List.of("there"), files.names());
    }

    private static List<Sample> texts(int count) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            samples.add(i % 3 > 0 ? ArchiveOnDisk.real(i, 6_000L * i)
                    : new Sample(i, 6_000L * i, 0, new Reading.Text("x".repeat(i % 500))));
        }
        return samples;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
