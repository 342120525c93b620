// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;

/**
 * How often each symbol occurs in each context, to about a sixth: to tell it more exactly would take more room than it
 * saves.
 */
final class Frequencies {

    /** The frequencies of a context add up to 2^so many. */
    static final int BITS = 10;
    static final int ALL = 1 << BITS;
    /** What a level takes, about. */
    private static final int LEVEL_BITS = 4;
    /** Where they are in an entry, after the start. */
    private static final int FREQUENCY = BITS;
    private static final int SYMBOL = FREQUENCY + BITS + 1;
    private static final int CONTEXT = SYMBOL + Byte.SIZE;
    /** Bits that a symbol of so many places in 1,024 takes. */
    private static final float[] ROOM = new float[ALL + 1];

    static {
        for (int i = 1; i < ROOM.length; i++) {
            ROOM[i] = (float) (BITS - Math.log(i) / Math.log(2));
        }
    }

    private final int symbols;
    /** Of each symbol of each context: a number that stands for how often it occurs. */
    private final int[] levels;
    /** Of each symbol of each context, an entry. */
    private final int[] ofSymbol;

    private Frequencies(int symbols, int[] levels) {
        this.symbols = symbols;
        this.levels = levels;
        this.ofSymbol = new int[levels.length];
    }

    /** @param counts of each symbol of each context */
    static Frequencies of(int symbols, int[] counts) {
        Frequencies frequencies = new Frequencies(symbols, new int[counts.length]);
        for (int i = 0; i < counts.length; i++) {
            frequencies.levels[i] = level(counts[i]);
        }
        frequencies.share();
        return frequencies;
    }

    /** Writes or reads itself. */
    void code(RansCoder coder) {
        for (int i = 0; i < levels.length; i++) {
            int like = i % symbols < 2 ? 0 : levels[i - 2];
            levels[i] = like + coder.small(levels[i] - like);
        }
        if (!coder.isWriting()) {
            share();
        }
    }

    /** Entry of a symbol in a context: where its places start, how many it has, the symbol, its own context. */
    int entry(int context, int symbol) {
        return ofSymbol[context * symbols + symbol];
    }

    /** Entry of each place of each context. */
    int[] places() {
        int[] places = new int[levels.length / symbols * ALL];
        for (int i = 0; i < levels.length; i++) {
            int start = i / symbols * ALL + start(ofSymbol[i]);
            Arrays.fill(places, start, start + frequency(ofSymbol[i]), ofSymbol[i]);
        }
        return places;
    }

    /** About how many bits so many symbols take, and this with them. */
    double room(int[] counts) {
        double room = LEVEL_BITS * (double) levels.length;
        for (int i = 0; i < counts.length; i++) {
            room += counts[i] * ROOM[frequency(ofSymbol[i])];
        }
        return room;
    }

    private void share() {
        for (int first = 0; first < levels.length; first += symbols) {
            int present = 0;
            int all = 0;
            for (int i = first; i < first + symbols; i++) {
                present += levels[i] > 0 ? 1 : 0;
                all += weight(levels[i]);
            }
            int before = 0;
            int sum = 0;
            for (int i = first; i < first + symbols; i++) {
                int start = before + (int) ((long) sum * (ALL - present) / Math.max(1, all));
                sum += weight(levels[i]);
                before += levels[i] > 0 ? 1 : 0;
                int end = before + (int) ((long) sum * (ALL - present) / Math.max(1, all));
                int context = symbols == levels.length ? 0 : Rests.context(i - first);
                ofSymbol[i] = context << CONTEXT | i - first << SYMBOL | end - start << FREQUENCY | start % ALL;
            }
        }
    }

    static int start(int entry) {
        return entry & ALL - 1;
    }

    static int frequency(int entry) {
        return entry >>> FREQUENCY & 2 * ALL - 1;
    }

    static int symbol(int entry) {
        return entry >>> SYMBOL & 0xFF;
    }

    static int context(int entry) {
        return entry >>> CONTEXT;
    }

    /** 0, 1, 2, 3, 4, 6, 8, 12, 16 and so on. */
    private static int weight(int level) {
        return level < 2 ? level : (2 | level & 1) << level / 2 - 1;
    }

    private static int level(int count) {
        int level = 0;
        while (weight(level) + weight(level + 1) < 2 * count) {
            level++;
        }
        return count > 0 ? Math.max(1, level) : 0;
    }
}
