// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;

/**
 * A column of whole numbers. Each is told by what it adds to the one before, or to the same number for all: its sign and
 * how many bits it has, as they are likely after the two before it, then its bits below the highest.
 */
final class Numbers {

    /** How they are told: each in so many bits; by how frequent each is; by how frequent it is in its context. */
    private enum Form { PLAIN, ALIKE, BY_CONTEXT }

    private static final Form[] FORMS = Form.values();
    private static final int CONTEXTS = 6;
    private static final int SYMBOL_BITS = 8;
    private static final int SOME = 64;
    /** How many bits a small number has: the client compiler takes long to count them. */
    private static final byte[] SIZES = new byte[256];

    static {
        for (int i = 0; i < SIZES.length; i++) {
            SIZES[i] = (byte) (Integer.SIZE - Integer.numberOfLeadingZeros(i));
        }
    }

    private final RansCoder coder;
    private final long[] rests;

    private Numbers(RansCoder coder, long[] rests) {
        this.coder = coder;
        this.rests = rests;
    }

    /** Writes so many numbers, given as one if all are the same, or reads them so. */
    static long[] oneOrMore(RansCoder coder, long[] given, int count) {
        boolean one = coder.flag(given.length == 1);
        long[] numbers = coder.isWriting() ? given : new long[one ? 1 : count];
        column(coder, numbers);
        return numbers;
    }

    /** Writes the numbers, or puts in their place those that were written. */
    static void column(RansCoder coder, long[] numbers) {
        if (numbers.length == 0) {
            return;
        }
        boolean steps = false;
        long base = numbers[0];
        if (coder.isWriting() && !isSteady(numbers)) {
            long middle = median(numbers);
            steps = room(numbers, base, true) < room(numbers, middle, false);
            base = steps ? base : middle;
        }
        base = coder.number(base);
        steps = coder.flag(steps);
        long[] rests = coder.isWriting() ? rests(numbers, base, steps) : numbers;
        long unit = codeUnit(coder, rests);
        new Numbers(coder, rests).code();
        if (!coder.isWriting()) {
            add(base, steps, unit, numbers);
        }
    }

    /** What all are multiples of; when writing, these are divided by it. */
    private static long codeUnit(RansCoder coder, long[] rests) {
        long unit = coder.isWriting() ? unit(rests) : 1;
        if (!coder.flag(unit > 1)) {
            return 1;
        }
        unit = coder.number(unit);
        if (coder.isWriting()) {
            for (int i = 0; i < rests.length; i++) {
                rests[i] /= unit;
            }
        }
        return unit;
    }

    private static long unit(long[] rests) {
        long unit = 0;
        for (int i = 0; i < rests.length && unit != 1; i++) {
            long rest = Math.abs(rests[i]);
            while (rest != 0) { // Euclid's way
                long left = unit % rest;
                unit = rest;
                rest = left;
            }
        }
        return unit;
    }

    private static void add(long base, boolean steps, long unit, long[] numbers) {
        long sum = base;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = sum + unit * numbers[i];
            if (steps) {
                sum = numbers[i];
            }
        }
    }

    static boolean isSteady(long[] numbers) {
        int i = 1;
        while (i < numbers.length && numbers[i] == numbers[0]) {
            i++;
        }
        return i >= numbers.length;
    }

    /** Of some of them, which is near enough. */
    private static long median(long[] numbers) {
        long[] some = new long[Math.min(SOME, numbers.length)];
        Arrays.setAll(some, i -> numbers[i * numbers.length / some.length]);
        Arrays.sort(some);
        return some[some.length / 2];
    }

    private static long room(long[] numbers, long base, boolean steps) {
        long room = 0;
        long before = base;
        for (long number : numbers) {
            room += size(number - before);
            before = steps ? number : base;
        }
        return room;
    }

    private static long[] rests(long[] numbers, long base, boolean steps) {
        long[] rests = new long[numbers.length];
        long before = base;
        for (int i = 0; i < numbers.length; i++) {
            rests[i] = numbers[i] - before;
            before = steps ? numbers[i] : base;
        }
        return rests;
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
        return 2 * size(rest) - (rest > 0 ? 1 : 0);
    }

    /** How many bits a number has without its sign. */
    static int size(long number) {
        return bits(Math.abs(number));
    }

    /** How many bits an unsigned number has. */
    static int bits(long number) {
        return number >>> Byte.SIZE == 0 ? SIZES[(int) number] : Long.SIZE - Long.numberOfLeadingZeros(number);
    }
}
