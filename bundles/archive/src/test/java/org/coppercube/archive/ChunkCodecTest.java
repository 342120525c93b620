// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.zip.DataFormatException;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.archive.Stretch.Piece;
import org.junit.Test;

public class ChunkCodecTest {

    private static final int CHUNK = 2_048;
    private static final long QUARTER_HOUR = 90_000;

    @Test
    public void keepsEveryKindOfReadingBitForBit() throws DataFormatException {
        assertKept("all", new Stretch(3, 77, EveryKind.samples()));
        for (Sample sample : EveryKind.samples()) {
            assertKept(sample.toString(), new Stretch(1, 1, List.of(sample)));
        }
    }

    @Test
    public void keepsRandomBitsOfFloatAndDouble() throws DataFormatException {
        Random random = new Random(3);
        for (int round = 0; round < 30; round++) {
            assertKept("float", reals(i -> Float.intBitsToFloat(random.nextInt())));
            assertKept("double", stretch(i -> new Reading.Double(Double.longBitsToDouble(random.nextLong()))));
            assertKept("unsigned", stretch(i -> new Reading.Unsigned(random.nextLong() >>> random.nextInt(64))));
        }
    }

    @Test
    public void keepsTimesInAnyOrderAndOnAnySchedule() throws DataFormatException {
        Random random = new Random(4);
        long[] steps = {0, 1, 7, 100, 6_000, QUARTER_HOUR, 360_000, 1L << 40, Long.MAX_VALUE / 3};
        for (long step : steps) {
            for (int jitter : new int[] {1, 20, 5_000}) {
                for (int others = 1; others < 200; others += 60) {
                    int rare = others;
                    long[] time = {random.nextLong()};
                    assertKept("step " + step + ", jitter " + jitter + ", others " + others, times(i -> {
                        time[0] += random.nextInt(rare) == 0 ? random.nextLong() >> random.nextInt(64) : step;
                        return time[0] + random.nextInt(jitter);
                    }));
                }
            }
        }
    }

    /** Each is kept in fewer bytes than its own bits would take; and the readings off the grid harm nobody. */
    @Test
    public void readingsOnAnyGridTakeLittleRoom() throws DataFormatException {
        Random random = new Random(5);
        double gallon = 0.0630901964;
        for (double step : new double[] {1, 10, 0.5, 0.1, 0.01, 1 / 3.0, 1 / 18.0, 1 / 720.0, 1 / 2160.0, gallon / 40,
            1.852, 25.4 / 96}) {
            long[] place = {20_000 + random.nextInt(10_000)};
            IntFunction<Float> walk = i -> (float) ((place[0] += random.nextInt(9) - 4) * step);
            int room = assertKept("step " + step, reals(walk));
            assertTrue("step " + step + " takes " + room + " bytes", room < CHUNK * 0.6);
            int withStrays = assertKept("step " + step + " and others",
                    reals(i -> i % 100 == 7 ? random.nextFloat() : walk.apply(i)));
            assertTrue("step " + step + " and others take " + withStrays + " bytes", withStrays < CHUNK * 0.8);
            assertKept("step " + step + " and 0, infinity, NaN", reals(i -> i % 500 > 2 ? walk.apply(i)
                    : new float[] {-0f, Float.POSITIVE_INFINITY, Float.NaN}[i % 500]));
        }
    }

    @Test
    public void fewDifferentReadingsTakeLittleRoom() throws DataFormatException {
        Random random = new Random(6);
        float[] values = {random.nextFloat(), -random.nextFloat(), 1e30f * random.nextFloat(), 0, -0f, Float.NaN};
        int room = assertKept("six", reals(i -> values[i / 50 % values.length]));
        assertTrue(room + " bytes", room < 200);
    }

    @Test
    public void aRegularSteadyLogTakesNearlyNothing() throws DataFormatException {
        int room = assertKept("steady", reals(i -> 21.5f));
        assertTrue(room + " bytes", room < 60);
    }

    @Test
    public void manySmallPiecesOfTheFeedTakeLittleRoom() throws DataFormatException {
        List<Sample> samples = reals(i -> 21.5f).samples();
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < CHUNK; i += 16) {
            pieces.add(new Piece(1_000 + 400L * i, 16));
        }
        Stretch stretch = new Stretch(1, pieces, samples);
        int room = assertKept("pieces", stretch);
        assertTrue(room + " bytes", room < 90);
    }

    @Test
    public void damagedBytesAreRefusedOrReadAsSomethingElseButNeverHang() {
        Random random = new Random(8);
        Block block = Block.tight(new Stretch(1, 1, EveryKind.random(random, 1, 300)));
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = block.data().clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            int length = random.nextInt(10) == 0 ? random.nextInt(damaged.length) : damaged.length;
            Block wrong = new Block(1, block.first(), block.last(), 300, block.codec(), Arrays.copyOf(damaged, length));
            try {
                assertEquals(300, wrong.open().samples().size());
            } catch (DataFormatException e) {
                assertTrue(e.getMessage(), e.getMessage().length() > 5);
            }
        }
    }

    @Test
    public void aBlockThatIsNotWhatItsRowSaysIsRefused() {
        Block block = Block.tight(reals(i -> 1f));
        assertThrows(DataFormatException.class,
                new Block(1, 1, block.last() + 1, CHUNK, block.codec(), block.data())::open);
        assertThrows(DataFormatException.class,
                new Block(1, 1, block.last(), CHUNK - 1, block.codec(), block.data())::open);
    }

    /** A change of what these bytes mean makes every archive in the field unreadable: it needs a new codec number. */
    @Test
    public void readsWhatWasWrittenLongAgo() throws DataFormatException, IOException {
        for (int codec = 1; codec <= 2; codec++) {
            try (InputStream file = ChunkCodecTest.class.getResourceAsStream("codec-" + codec + ".bin")) {
                ByteReader in = new ByteReader(file.readAllBytes());
                for (Stretch expected : ofAllSorts()) {
                    Block old = new Block(expected.run(), expected.first(), expected.last(), expected.samples().size(),
                            codec, in.counted());
                    assertEquals(expected, old.open());
                }
                assertTrue(in.atEnd());
            }
        }
    }

    /** Whatever takes a way of its own through the codecs. */
    static List<Stretch> ofAllSorts() {
        return List.of(new Stretch(1, 1, EveryKind.samples()),
                part(reals(i -> i % 37 / 10f)), part(reals(i -> i % 37 * 0.0157725f)),
                part(reals(i -> (float) StrictMath.sin(i % 4))), part(reals(i -> (float) StrictMath.sin(i))),
                part(reals(i -> i % 30 == 9 ? 1e-7f : i % 37 / 10f)), part(times(i -> i * QUARTER_HOUR + i % 7)),
                part(times(i -> i * QUARTER_HOUR + (i % 9 == 5 ? 3_000 : 0))), part(times(i -> (long) i * i * 100)),
                part(times(i -> 6_000L * i)), part(reals(i -> i % 37 * 5f)),
                part(stretch(i -> new Reading.Double(StrictMath.sin(i)))), calmAndWild(),
                new Stretch(1, List.of(new Piece(9, 7), new Piece(30, 12)),
                        reals(i -> (float) i).samples().subList(0, 19)));
    }

    private static Stretch calmAndWild() {
        Random random = new Random(9);
        int[] place = {0};
        return reals(i -> (place[0] += random.nextInt(i / 256 % 2 == 0 ? 3 : 300)) / 10f);
    }

    private static Stretch part(Stretch stretch) {
        return stretch.part(0, 200);
    }

    private static Stretch reals(IntFunction<Float> value) {
        return stretch(i -> new Reading.Real(value.apply(i)));
    }

    private static Stretch stretch(IntFunction<Reading> reading) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < CHUNK; i++) {
            samples.add(new Sample(i + 1, QUARTER_HOUR * i, 60, reading.apply(i)));
        }
        return new Stretch(1, 1, samples);
    }

    private static Stretch times(IntFunction<Long> time) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < CHUNK; i++) {
            samples.add(new Sample(i + 1, time.apply(i), 0, new Reading.Null()));
        }
        return new Stretch(1, 1, samples);
    }

    /** @return how many bytes it takes */
    private static int assertKept(String what, Stretch stretch) throws DataFormatException {
        Block block = Block.tight(stretch);
        LongLists.assertSame(what, stretch.samples(), block.open().samples());
        assertEquals(what, stretch, block.open());
        return block.data().length;
    }
}
