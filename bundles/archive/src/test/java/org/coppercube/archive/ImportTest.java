// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.Transfer;
import org.coppercube.api.archive.Watch;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.junit.Rule;
import org.junit.Test;

public class ImportTest {

    private static final Watch TO_THE_END = (done, all) -> true;

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk(40_000);
    @Rule
    public final Exports files = new Exports(disk);

    @Test
    public void everyKindOfSampleComesBackWithRunNumberAndFlags() {
        List<Sample> kinds = EveryKind.samples();
        Random random = new Random(3);
        List<Sample> many = EveryKind.random(random, 1, 9_000);
        disk.describe(3);
        disk.append(1, 1, kinds);
        disk.append(2, 1, many);
        disk.append(2, 4, reals(1, 10));
        Transfer exported = files.export("all");
        assertEquals(2, exported.logs());
        assertEquals(disk.get().end(), exported.records());
        Holding holding = disk.get().holding(id(2)).orElseThrow();
        disk.renew();
        Transfer imported = files.importFrom("all");
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
    public void anImportAddsOnlyWhatIsNotThere() {
        disk.describe(2);
        disk.append(1, 1, reals(1, 5_000));
        files.export("early");
        disk.append(1, 1, reals(5_001, 5_000));
        disk.append(2, 1, reals(1, 100));
        files.export("late");
        disk.renew();
        assertEquals(5_000, files.importFrom("early").added());
        assertEquals(0, files.importFrom("early").added());
        assertEquals(5_100, files.importFrom("late").added());
        assertEquals(0, files.importFrom("late").added());
        assertEquals("nor is anything lost by an older one", 0, files.importFrom("early").added());
        LongLists.assertSame("log 1", reals(1, 10_000), disk.all(1));
        assertEquals(List.of(), disk.get().verify(List.of(), TO_THE_END).findings());
    }

    @Test
    public void samplesThatContradictTheFileAreNotTouched() {
        disk.describe(2);
        disk.append(1, 1, reals(1, 100));
        disk.append(2, 1, reals(1, 3_000));
        files.export("file");
        disk.renew();
        disk.describe(2);
        List<Sample> different = new ArrayList<>(reals(1, 2_500));
        different.set(2_400, new Sample(2_401, 1, 60, new Reading.Null()));
        disk.append(2, 1, different);
        refuses("The archive has other samples of hq.1200.TL2 than " + files.path("file")
                + ": in the file there is number 2401", "file", Optional.empty());
        assertEquals("of the other log, too, nothing is taken", 0, disk.all(1).size());
        disk.renew();
        disk.describe(2);
        disk.append(2, 2, reals(1, 10));
        refuses("here number 1 of run 2", "file", Optional.empty());
        assertEquals(3_100, disk.get().importFrom(files.path("file"), Optional.of("annex"), TO_THE_END).added());
        assertEquals(10, disk.all(2).size());
    }

    @Test
    public void aSiteCanBeRenamed() {
        disk.describe(1);
        disk.append(1, 1, reals(1, 100));
        files.export("file");
        disk.get().importFrom(files.path("file"), Optional.of("annex"), TO_THE_END);
        assertEquals(100, disk.get().holding(TrendLogId.parse("annex.1200.TL1")).orElseThrow().samples());
        files.export("both");
        refuses("has logs of the sites annex and hq", "both", Optional.of("new"));
        refuses("site is \"No\"", "file", Optional.of("No"));
    }

    @Test
    public void aFileThatIsDamagedAnywhereChangesNothing() throws IOException {
        disk.describe(2);
        disk.append(1, 1, EveryKind.samples());
        disk.append(2, 1, reals(1, 30));
        files.export("whole");
        byte[] whole = files.bytes("whole");
        disk.renew();
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;
            refusesBytes(flipped);
            refusesBytes(Arrays.copyOf(whole, at));
        }
        refusesBytes(Arrays.copyOf(whole, whole.length + 1));
        whole[30] ^= 1;
        Files.write(files.path("broken"), whole);
        refuses(files.path("broken") + " is damaged at byte 20: check sum is wrong", "broken", Optional.empty());
        assertEquals(0, disk.get().end());
        assertEquals(List.of(), disk.get().holdings());
        files.importFrom("whole");
    }

    @Test
    public void aForeignFileIsNamed() throws IOException {
        Files.writeString(files.path("text"), "time,value\n1,2\n");
        refuses(files.path("text") + " is no export of CopperCube", "text", Optional.empty());
        Files.writeString(files.path("newer"), "CopperCube export 2\n and more");
        refuses("was exported by newer software", "newer", Optional.empty());
        refuses("cannot be read", "nowhere", Optional.empty());
    }

    @Test
    public void anImportThatWasEndedGoesOnWithTheNext() {
        disk.describe(3);
        for (int log = 1; log <= 3; log++) {
            disk.append(log, 1, reals(1, 40_000));
        }
        files.export("file");
        disk.renew();
        assertThrows(CancellationException.class,
                () -> disk.get().importFrom(files.path("file"), Optional.empty(), (done, all) -> 4 * done < 3 * all));
        long imported = disk.get().end();
        assertTrue(imported + " imported", 0 < imported && imported < 120_000);
        assertEquals(120_000 - imported, files.importFrom("file").added());
        files.export("again");
        assertArrayEquals(files.bytes("file"), files.bytes("again"));
    }

    @Test
    public void whoStoresTheSameLogsMeanwhileIsNotOverlooked() {
        disk.describe(1);
        disk.append(1, 1, reals(1, 100));
        files.export("file");
        disk.renew();
        String refusal = assertThrows(ArchiveException.class, () -> disk.get().importFrom(files.path("file"),
                Optional.empty(), (done, all) -> {
                    if (done > all / 2) {
                        disk.append(1, 1, reals(50, 10));
                    }
                    return true;
                })).getMessage();
        assertTrue(refusal, refusal.startsWith("Others store samples of the same logs"));
    }

    private void refuses(String sentence, String name, Optional<String> site) {
        String refusal = assertThrows(IllegalArgumentException.class,
                () -> disk.get().importFrom(files.path(name), site, TO_THE_END)).getMessage();
        assertTrue(refusal, refusal.contains(sentence));
    }

    private void refusesBytes(byte[] content) throws IOException {
        Files.write(files.path("broken"), content);
        assertThrows(IllegalArgumentException.class, () -> files.importFrom("broken"));
    }
}
