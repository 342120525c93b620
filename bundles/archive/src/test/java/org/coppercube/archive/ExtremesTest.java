// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.flat;
import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

public class ExtremesTest {

    private static final int MANY = 60_000;

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();

    @Test
    public void drawsTheSamePictureWithRealSamplesInOrder() {
        disk.describe(1);
        List<Sample> samples = walk(MANY);
        disk.append(1, 1, samples);
        for (int points : new int[] {2, 3, 10, 40, 500, 3_000}) {
            List<Sample> drawn = flat(disk.get().extremes(id(1), Long.MIN_VALUE, Long.MAX_VALUE, points));
            assertTrue(drawn.size() + " of at most " + points, drawn.size() <= points);
            assertTrue("all of them real", new HashSet<>(samples).containsAll(drawn));
            assertEquals(drawn.stream().sorted(Comparator.comparing(Sample::sequence)).toList(), drawn);
            assertTrue("the lowest of all", drawn.contains(samples.stream().min(ExtremesTest::compare).orElseThrow()));
            assertTrue("the highest of all", drawn.contains(samples.stream().max(ExtremesTest::compare).orElseThrow()));
        }
    }

    @Test
    public void rangesEndWhereTheyShall() {
        disk.describe(1);
        List<Sample> samples = walk(MANY);
        disk.append(1, 1, samples);
        long from = 6_000 * 10_000;
        long to = 6_000 * 50_000;
        List<Sample> inside = samples.subList(10_000, 50_000);
        List<Sample> drawn = flat(disk.get().extremes(id(1), from, to, 2));
        assertEquals(List.of(inside.stream().min(ExtremesTest::compare).orElseThrow(),
                inside.stream().max(ExtremesTest::compare).orElseThrow()),
                drawn.stream().sorted(ExtremesTest::compare).toList());
        assertEquals(List.of(), disk.get().extremes(id(1), to, from, 10));
        assertEquals(List.of(), disk.get().extremes(id(9), from, to, 10));
        assertThrows(IllegalArgumentException.class, () -> disk.get().extremes(id(1), from, to, 1));
    }

    @Test
    public void wholeChunksAreCountedWithoutOpeningThem() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, walk(MANY));
        disk.sql("UPDATE chunk SET data = X'00'");
        assertTrue(disk.get().extremes(id(1), Long.MIN_VALUE, Long.MAX_VALUE, 10).get(0).samples().size() >= 5);
    }

    @Test
    public void onlyFiniteNumbersTakePart() {
        disk.describe(1);
        List<Sample> samples = new ArrayList<>(List.of(new Sample(1, 1, 0, new Reading.Real(Float.NaN)),
                new Sample(2, 2, 0, new Reading.Real(Float.POSITIVE_INFINITY)), new Sample(3, 3, 0, new Reading.Null()),
                new Sample(4, 4, 0, new Reading.Enumerated(3)), new Sample(5, 5, 0, new Reading.Text("9")),
                new Sample(6, Long.MAX_VALUE, 0, new Reading.Double(-1e300)), new Sample(7, Long.MIN_VALUE, 0,
                        new Reading.Unsigned(-1))));
        disk.append(1, 1, samples);
        List<Sample> expected = List.of(samples.get(3), samples.get(5), samples.get(6));
        assertEquals(expected, flat(disk.get().extremes(id(1), Long.MIN_VALUE, Long.MAX_VALUE, 1_000)));
        disk.append(1, 2, reals(1, 1)); // and so from the chunk
        assertEquals(expected, flat(disk.get().extremes(id(1), Long.MIN_VALUE, Long.MAX_VALUE, 1_000)).subList(0, 3));
    }

    @Test
    public void oneTimeOrOneSampleIsRangeEnough() {
        disk.describe(2);
        List<Sample> samples = new ArrayList<>();
        for (int i = 1; i <= 3_000; i++) {
            samples.add(new Sample(i, Long.MAX_VALUE, 0, new Reading.Signed((i * 7_919L) % 3_001)));
        }
        disk.append(1, 1, samples);
        List<Sample> ends = samples.stream().sorted(ExtremesTest::compare).toList();
        for (int points : new int[] {2, 7, Integer.MAX_VALUE}) {
            assertEquals(List.of(ends.get(0), ends.get(2_999)),
                    flat(disk.get().extremes(id(1), Long.MAX_VALUE, Long.MAX_VALUE, points)).stream()
                            .sorted(ExtremesTest::compare).toList());
        }
        assertEquals(List.of(), disk.get().extremes(id(1), Long.MIN_VALUE, Long.MAX_VALUE - 1, 10));
        disk.append(2, 1, reals(1, 1));
        assertEquals(reals(1, 1), flat(disk.get().extremes(id(2), Long.MIN_VALUE, Long.MAX_VALUE, 10)));
        assertEquals(List.of(), disk.get().extremes(id(2), Long.MIN_VALUE, Long.MIN_VALUE, 10));
    }

    private static List<Sample> walk(int count) {
        Random random = new Random(2);
        List<Sample> samples = new ArrayList<>();
        double value = 0;
        for (int i = 0; i < count; i++) {
            value += random.nextGaussian();
            samples.add(new Sample(i, 6_000L * i, 0, new Reading.Real((float) value)));
        }
        return samples;
    }

    private static int compare(Sample one, Sample other) {
        return Double.compare(Summary.magnitude(one), Summary.magnitude(other));
    }
}
