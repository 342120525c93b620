// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.Arrays;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.Test;

public class NumbersTest {

    private final Random random = new Random(11);

    @Test
    public void everyColumnComesBack() {
        for (int round = 0; round < 300; round++) {
            int count = 1 + random.nextInt(1 << random.nextInt(12));
            int bits = random.nextInt(64);
            long unit = random.nextLong() >> random.nextInt(64);
            long[] walk = {random.nextLong()};
            assertKept(column(count, random::nextLong));
            assertKept(column(count, () -> random.nextLong() >> bits));
            assertKept(column(count, () -> random.nextLong() >> random.nextInt(64)));
            assertKept(column(count, () -> unit * random.nextInt(20)));
            assertKept(column(count, () -> random.nextInt(50) > 0 ? 7 : random.nextLong()));
            assertKept(column(count, () -> walk[0] += random.nextInt(5) - 2));
            assertKept(column(count, () -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE));
        }
    }

    @Test
    public void bytesThatEndTooEarlyOrTooLateAreRefused() {
        RansCoder writer = RansCoder.writer();
        Numbers.column(writer, column(100, random::nextLong));
        byte[] bytes = writer.end();
        RansCoder longer = RansCoder.reader(Arrays.copyOf(bytes, bytes.length + 2));
        Numbers.column(longer, new long[100]);
        assertThrows(IllegalArgumentException.class, longer::requireEnd);
        RansCoder shorter = RansCoder.reader(Arrays.copyOf(bytes, bytes.length - 2));
        assertThrows(IndexOutOfBoundsException.class, () -> Numbers.column(shorter, new long[100]));
    }

    private static long[] column(int count, LongSupplier next) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = next.getAsLong();
        }
        return numbers;
    }

    private static void assertKept(long[] numbers) {
        RansCoder writer = RansCoder.writer();
        Numbers.column(writer, numbers.clone());
        writer.number(42);
        RansCoder reader = RansCoder.reader(writer.end());
        long[] read = new long[numbers.length];
        Numbers.column(reader, read);
        assertArrayEquals(numbers, read);
        assertEquals(42, reader.number(0));
        reader.requireEnd();
    }
}
