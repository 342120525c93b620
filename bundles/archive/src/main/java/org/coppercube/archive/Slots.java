// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;

/**
 * A schedule of equal slots, and the times that are on it or stray from it. Times count from the first, which is 0.
 *
 * @param start where a slot begins
 * @param period from one to the next
 * @param middle how far into a slot its time is; offsets count from there
 */
record Slots(long start, long period, long middle) {

    /**
     * The times that are anything else than that of the slot after the one before.
     *
     * @param hits how many times since the one before are none
     * @param further how many slots further than the time before
     * @param offsets how far from the slot's time; on the same slot as the time before, how much further than that
     */
    record Misses(long[] hits, long[] further, long[] offsets) {

        static final Misses NONE = new Misses(new long[0], new long[0], new long[0]);

        /** Writes these, or reads others. @param most how many times there are */
        Misses code(RansCoder coder, int most) {
            int count = coder.count(hits.length + 1, most) - 1;
            Misses misses = coder.isWriting() ? this : new Misses(new long[count], new long[count], new long[count]);
            Numbers.column(coder, misses.hits);
            Numbers.column(coder, misses.further);
            Numbers.column(coder, misses.offsets);
            return misses;
        }

        /** About how many bits they take. */
        long room() {
            long bits = hits.length;
            for (int i = 0; i < hits.length; i++) {
                bits += Slots.room(further[i] - 1) + Slots.room(offsets[i]);
            }
            return bits;
        }
    }

    Misses misses(long[] times) {
        long[] hits = new long[times.length];
        long[] further = new long[times.length];
        long[] offsets = new long[times.length];
        int count = 0;
        int last = 0;
        long slot = slot(0);
        long offset = offset(0, slot);
        for (int i = 1; i < times.length; i++) {
            long slotBefore = slot;
            long offsetBefore = offset;
            slot = slot(times[i]);
            offset = offset(times[i], slot);
            if (slot != slotBefore + 1 || offset != 0) {
                hits[count] = i - 1 - last;
                further[count] = slot - slotBefore;
                offsets[count] = slot == slotBefore ? offset - offsetBefore : offset;
                count++;
                last = i;
            }
        }
        return new Misses(Arrays.copyOf(hits, count), Arrays.copyOf(further, count), Arrays.copyOf(offsets, count));
    }

    /** Puts in the times, all but the first. */
    void fill(long[] times, Misses misses) {
        long onTime = start + slot(0) * period + middle;
        long time = 0;
        int i = 1;
        for (int miss = 0; miss < misses.hits.length; miss++) {
            for (long hits = misses.hits[miss]; hits > 0; hits--) {
                onTime += period;
                time = onTime;
                times[i++] = time;
            }
            onTime += misses.further[miss] * period;
            time = (misses.further[miss] == 0 ? time : onTime) + misses.offsets[miss];
            times[i++] = time;
        }
        for (; i < times.length; i++) {
            onTime += period;
            times[i] = onTime;
        }
    }

    /** About how many bits a number takes of which 0 is the most frequent. */
    static long room(long number) {
        return number == 0 ? 0 : 1 + Numbers.size(number);
    }

    private long slot(long time) {
        return Math.floorDiv(time - start, period);
    }

    private long offset(long time, long slot) {
        return time - start - slot * period - middle;
    }
}
