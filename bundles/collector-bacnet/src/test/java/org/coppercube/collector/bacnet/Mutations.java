// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes of good messages bad ones, always the same for a seed. */
final class Mutations {
    /** Heads of tags that open, close, and announce lengths of one, two and four bytes. */
    private static final int[] TAGS =
            {0x0E, 0x0F, 0x1E, 0x1F, 0x5E, 0x5F, 0x0D, 0x2D, 0x65, 0x75, 0x25, 0x91, 0xC4, 0xF9};
    private static final int[][] LENGTHS = {{0}, {1}, {4}, {253}, {254, 0xFF, 0xFF}, {255, 0x7F, 0xFF, 0xFF, 0xF0},
        {255, 0x80, 0, 0, 0}, {255, 0xFF, 0xFF, 0xFF, 0xFF}};

    private final Random random;

    Mutations(long seed) {
        random = new Random(seed);
    }

    /** How often of so many times something is to be done is left to chance, too. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** @param other a message whose parts may be mixed into it */
    byte[] of(byte[] message, byte[] other) {
        byte[] bytes = message.clone();
        for (int n = random.nextInt(3); n >= 0; n--) {
            bytes = once(bytes, other);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes, byte[] other) {
        if (bytes.length == 0) {
            return other;
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(9)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> bytes[at] = (byte) TAGS[random.nextInt(TAGS.length)];
            case 3 -> {
                int[] length = LENGTHS[random.nextInt(LENGTHS.length)];
                for (int i = 0; i < length.length && at + i < bytes.length; i++) {
                    bytes[at + i] = (byte) length[i];
                }
            }
            case 4 -> {
                int with = random.nextInt(bytes.length);
                byte one = bytes[at];
                bytes[at] = bytes[with];
                bytes[with] = one;
            }
            case 5 -> bytes = Arrays.copyOf(bytes, at);
            case 6 -> {
                byte[] more = new byte[1 + random.nextInt(40)];
                random.nextBytes(more);
                bytes = Witness.join(bytes, more);
            }
            case 7 -> bytes = Witness.join(Arrays.copyOf(bytes, at), tail(other, random.nextInt(other.length + 1)));
            default -> { // a part twice, or left out
                int from = random.nextInt(bytes.length);
                bytes = Witness.join(Arrays.copyOf(bytes, at), tail(bytes, from));
            }
        }
        return bytes.length <= 1800 ? bytes : Arrays.copyOf(bytes, 1800);
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }
}
