// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;

/**
 * Numbers that are mostly small: each is told by its sign and how many bits it has, as they are likely after the two
 * before it, then by its bits below the highest.
 */
final class Rests {

    /** How they are told: each in so many bits; by how frequent each is; by how frequent it is in its context. */
    private enum Form { PLAIN, ALIKE, BY_CONTEXT }

    private static final Form[] FORMS = Form.values();
    private static final int CONTEXTS = 6;
    private static final int SYMBOL_BITS = 8;

    private final RansCoder coder;
    private final long[] rests;

    private Rests(RansCoder coder, long[] rests) {
        this.coder = coder;
        this.rests = rests;
    }

    /** Writes them, or puts in their place those that were written. */
    static void code(RansCoder coder, long[] rests) {
        new Rests(coder, rests).code();
    }

    private void code() {
        int[] symbols = new int[rests.length];
        int largest = 0;
        if (coder.isWriting()) {
            for (int i = 0; i < symbols.length; i++) {
                symbols[i] = symbol(rests[i]);
                largest = Math.max(largest, symbols[i]);
            }
        }
        int alphabet = 1 + (int) coder.plain(SYMBOL_BITS, largest);
        if (alphabet == 1) {
            Arrays.fill(rests, 0);
            return;
        }
        int[] counts = new int[CONTEXTS * alphabet];
        Form form = Form.PLAIN;
        if (coder.isWriting()) {
            count(symbols, alphabet, counts);
            form = form(alphabet, counts);
        }
        form = FORMS[(int) coder.plain(2, form.ordinal())];
        if (form == Form.PLAIN) {
            codePlain(alphabet / 2);
        } else {
            Frequencies frequencies = Frequencies.of(alphabet, form == Form.ALIKE ? sums(counts, alphabet) : counts);
            frequencies.code(coder);
            if (coder.isWriting()) {
                writeSymbols(symbols, frequencies);
            } else {
                coder.read(frequencies.places(), rests);
            }
        }
    }

    private Form form(int alphabet, int[] counts) {
        int[] sums = sums(counts, alphabet);
        double plain = rests.length * (alphabet / 2 + 1.0);
        double below = 0;
        for (int symbol = 3; symbol < alphabet; symbol++) {
            below += sums[symbol] * ((symbol + 1) / 2 - 1.0);
        }
        double alike = below + Frequencies.of(alphabet, sums).room(sums);
        double byContext = below + Frequencies.of(alphabet, counts).room(counts);
        return plain < Math.min(alike, byContext) ? Form.PLAIN : alike < byContext ? Form.ALIKE : Form.BY_CONTEXT;
    }

    private void codePlain(int width) {
        for (int i = 0; i < rests.length; i++) {
            boolean negative = coder.flag(rests[i] < 0);
            long magnitude = coder.plain(width, Math.abs(rests[i]));
            rests[i] = negative ? -magnitude : magnitude;
        }
    }

    private void writeSymbols(int[] symbols, Frequencies frequencies) {
        int own = 0;
        int before = 0;
        for (int i = 0; i < rests.length; i++) {
            int entry = frequencies.entry(Math.max(own, before), symbols[i]);
            before = own;
            own = Frequencies.context(entry);
            coder.write(Frequencies.start(entry), Frequencies.frequency(entry), Frequencies.BITS);
            if (symbols[i] > 2) {
                coder.plain(symbols[i] - 1 >> 1, Math.abs(rests[i]));
            }
        }
    }

    private static void count(int[] symbols, int alphabet, int[] counts) {
        int own = 0;
        int before = 0;
        for (int symbol : symbols) {
            counts[Math.max(own, before) * alphabet + symbol]++;
            before = own;
            own = context(symbol);
        }
    }

    private static int[] sums(int[] counts, int alphabet) {
        int[] sums = new int[alphabet];
        for (int i = 0; i < counts.length; i++) {
            sums[i % alphabet] += counts[i];
        }
        return sums;
    }

    /** The context of two numbers is the larger of those that their symbols make. */
    static int context(int symbol) {
        return Math.min(CONTEXTS - 1, (symbol + 1 >> 1) + 1 >> 1);
    }

    /** 0 for 0; else twice the size, less one if it is positive. */
    private static int symbol(long rest) {
        return 2 * Numbers.size(rest) - (rest > 0 ? 1 : 0);
    }
}
