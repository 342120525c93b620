// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.Sample;
import org.coppercube.archive.Stretch.Piece;
import org.junit.Test;

public class SampleCodecTest {

    /** {@link EveryKind#samples} as codec 1 wrote them when it was new. */
    private static final String CODEC_1 = """
            010031c00c800abf06ff01bf098016bf1a801cbf1b8216bf04ff08bf08c20ebd0ac0078205ff07fd02c018bd02ff1bc214bf0abf
            07c20efd108019fd07bf06fd05c012bd0ac0088008ff03bf188012bf02bf073f40c00142ff038214ff05c20540ff0ac40ab20a8d
            1a92138c08d3198d01b816c60215ae0669990ba508800ea71ba619f9198a1efa08a319d01abb25de05f016be07e121ea23992bb8
            2bfb24f41c851cdc23932bd0127aeb0b9908a2179d06ba0fb905830e67f81b950b9a0402002fe0ad849aae0aea99e3b8dcb1dcc6
            12c08de0dfd796a38c299dcfe7e9c4c2dbec8901d485a5d190fadb994e0000cb84fac5b5978af3eb01e1cf8681f7a1dd9ca201a8
            adfbd38e8ad99208c993a4c8ffd2ccd5c5018fb2a4ee83c79bf2db019094c58ee094c8dc9a01d0d8889bc1b4aee88c01efe5bc86
            a994b484a2019fb486f3add797f7bb018fc8d1d08adbf4b538bfbbd6ebbcf2fe9cd301e09debb59eb9bfce690000cbc8cca999ec
            819404e0aeceb790b39f899001a4fcc88dabdec6a9ec01c89db5e4ddda9be187010003c2c9fda897eb88e7b701fcec84aed1a9ee
            b19001c2c9fda897eb88e7b701fcd0f3f9d98687cae201cd909dd382dcd6fb5ea8aedfb8f7a3989916d5eeb5dfcecec8e7990100
            04e5db9cbb9ab3e2feb0018585fec3c5c0a0c47dc1e2adc6a5e597fbf101deb1a78ceda79da5b001a0a3c2f2b0e2fab1e001b0ee
            dec6e7ce82e78f010003008080e09a08ffffdf9a1880808080109ab3e6dc07e6cc999f08f5f2f6ff0f898d890482808008fcffff
            f70fb0b4a1c4eafe90898001d0cbdebb9581efee7f80808080808080088180808080808010ffffffffdfffffefff01ffffffff1f
            02ffffffffffffffffff0101fbffffffffffffffff0101000730313130313030000a4be4016c746520834220bdb00380bc030d68
            616c662061207061697220bdb0030502043e01feffffff0fc56104007fc0000005c4020001ff1f00003fc000000291ff02fe0301
            00080175070474657874018206023031011c0a0204015501c7a9fcffeef08dc80301100502012c0907013c0b40e00000023e0102
            0001000a6576656e742d747970650f6368616e67652d6f662d7374617465000004deadbeef00010080d0acf30e01""";

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
            Block block = Block.of(stretch);
            assertTrue("round " + round, stretch.equals(block.open()));
            assertTrue("round " + round + ", deflated", stretch.equals(block.deflated().open()));
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
        Block day = Block.of(new Stretch(1, 1, ArchiveOnDisk.reals(1, 96)));
        assertTrue("a day takes " + day.data().length + " bytes", day.data().length < 150);
    }

    /** A change of what these bytes mean makes every archive in the field unreadable: it needs a new codec number. */
    @Test
    public void readsWhatWasWrittenLongAgo() throws DataFormatException {
        byte[] old = HexFormat.of().parseHex(CODEC_1.replace("\n", ""));
        assertEquals(EveryKind.samples(), new Block(1, 1, 49, 49, 1, old).open().samples());
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
        byte[] whole = Block.of(new Stretch(1, 1, EveryKind.samples())).data();
        for (int length = 0; length < whole.length; length++) {
            Block cut = new Block(1, 1, 49, 49, 1, Arrays.copyOf(whole, length));
            assertThrows(DataFormatException.class, cut::open);
        }
        assertThrows(DataFormatException.class, new Block(1, 1, 49, 49, 2, whole)::open);
    }

    @Test
    public void whatANewerVersionWroteIsRefused() {
        byte[] data = Block.of(new Stretch(1, 1, EveryKind.samples())).data();
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
        return Block.of(new Stretch(1, 1, samples)).open().samples();
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
