// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.Sample;
import org.coppercube.archive.Stretch.Piece;
import org.junit.Test;

public class SampleCodecTest {

    @Test
    public void keepsEveryKindOfReadingBitForBit() throws DataFormatException {
        List<Sample> samples = EveryKind.samples();
        assertEquals(samples, through(samples));
        for (Sample sample : samples) {
            assertEquals(List.of(sample), through(List.of(sample)));
        }
    }

    @Test
    public void keepsRandomSamplesAndWhereTheyArrived() throws DataFormatException {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            List<Sample> samples = EveryKind.random(random, random.nextInt(1_000_000), 1 + random.nextInt(200));
            Stretch stretch = new Stretch(1 + random.nextInt(9), pieces(random, samples.size()), samples);
            Block block = Block.packed(stretch);
            assertTrue("round " + round, stretch.equals(block.open()));
            assertTrue("round " + round + ", sealed", stretch.equals(Block.tight(stretch).open()));
        }
    }

    @Test
    public void keepsRealsOfOneGridAndReadingsThatSpoilIt() throws DataFormatException {
        for (float step : new float[] {1, 0.5f, 0.25f, 0.1f, 0.05f, 0.01f, 0.001f, 1 / 3f}) {
            List<Sample> samples = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                samples.add(new Sample(i, 6_000L * i, 0, new Reading.Real((i % 40 - 10) * step)));
            }
            LongLists.assertSame("step " + step, samples, through(samples));
            samples.add(new Sample(500, 0, 0, new Reading.Real(Float.NaN)));
            LongLists.assertSame("step " + step + " and NaN", samples, through(samples));
        }
    }

    @Test
    public void regularSamplesTakeLittleRoom() {
        Block day = Block.packed(new Stretch(1, 1, ArchiveOnDisk.reals(1, 96)));
        assertTrue("a day takes " + day.data().length + " bytes", day.data().length < 150);
    }

    /** They may grow at the end and never change, here and in table loss. */
    @Test
    public void everyCauseOfAGapHasItsNumberForEver() {
        List<Cause> numbered = List.of(Cause.OVERFLOW, Cause.PURGE, Cause.LOG_DISABLED, Cause.DEVICE_AWAY,
                Cause.UNDECODABLE, Cause.SEQUENCE_RESET, Cause.WRAP, Cause.ARCHIVE_DAMAGED);
        assertEquals(numbered, List.of(Cause.values()));
        for (Cause cause : numbered) {
            ByteWriter out = new ByteWriter();
            ReadingCodec.write(new Reading.Gap(9, cause), out);
            byte[] expected = {9, (byte) numbered.indexOf(cause)};
            assertArrayEquals(expected, out.toByteArray());
            assertEquals(new Reading.Gap(9, cause), ReadingCodec.read(15, new ByteReader(expected)));
        }
    }

    @Test
    public void damagedBytesAreRefusedOrReadButNeverHang() {
        byte[] whole = Block.packed(new Stretch(1, 1, EveryKind.samples())).data();
        for (int length = 0; length < whole.length; length++) {
            Block cut = new Block(1, 1, 49, 49, 1, Arrays.copyOf(whole, length));
            assertThrows(DataFormatException.class, cut::open);
        }
        assertThrows(DataFormatException.class, new Block(1, 1, 49, 49, 2, whole)::open);
    }

    @Test
    public void whatANewerVersionWroteIsRefused() {
        byte[] data = Block.packed(new Stretch(1, 1, EveryKind.samples())).data();
        assertThrows(DataFormatException.class, new Block(1, 1, 49, 49, 3, data)::open);
    }

    @Test
    public void nothingIsReadBeyondTheEnd() {
        assertThrows(IndexOutOfBoundsException.class, new ByteReader(new byte[] {3, 1, 2})::counted);
        assertThrows(IndexOutOfBoundsException.class, new ByteReader(new byte[] {3, 1, 2})::text);
        assertThrows(IndexOutOfBoundsException.class, new ByteReader(new byte[] {-1})::varint);
    }

    @Test
    public void keepsNumbersOfAllSizesAndTheirDifferences() {
        long[] corners = {0, 0, 1, -1, 63, 64, -64, -65, Long.MAX_VALUE, Long.MIN_VALUE, 0, Long.MIN_VALUE, 0, 0, 0};
        for (int length = 0; length <= corners.length; length++) {
            long[] numbers = Arrays.copyOf(corners, length);
            ByteWriter out = new ByteWriter();
            out.column(numbers);
            Arrays.stream(numbers).forEach(out::varint);
            ByteReader in = new ByteReader(out.toByteArray());
            assertArrayEquals(numbers, in.column(length));
            for (long number : numbers) {
                assertEquals(number, in.varint());
            }
            assertTrue(in.atEnd());
        }
    }

    @Test
    public void keepsTimesThatJumpFromEndToEnd() throws DataFormatException {
        List<Sample> samples = new ArrayList<>();
        for (long time : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 0}) {
            samples.add(new Sample(0xFFFF_FFF0L + samples.size(), time, -1440, new Reading.Signed(~time)));
        }
        assertEquals(samples, through(samples));
    }

    private static List<Sample> through(List<Sample> samples) throws DataFormatException {
        return Block.packed(new Stretch(1, 1, samples)).open().samples();
    }

    private static List<Piece> pieces(Random random, int samples) {
        List<Piece> pieces = new ArrayList<>();
        long position = 1 + random.nextInt(1_000_000);
        for (int left = samples; left > 0; left -= pieces.get(pieces.size() - 1).count()) {
            pieces.add(new Piece(position, 1 + random.nextInt(left)));
            position = pieces.get(pieces.size() - 1).last() + 1 + random.nextInt(100_000);
        }
        return pieces;
    }
}
