// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The REAL readings of a chunk as whole numbers: places on a {@link Grid}, with the few readings that are not on it
 * told besides; or places in the list of all different readings; or the bits of the readings, so that they rise with
 * them.
 */
final class RealColumn {

    private final RansCoder coder;
    private final float[] reals;
    private final int most;

    private RealColumn(RansCoder coder, float[] reals, int most) {
        this.coder = coder;
        this.reals = reals;
        this.most = most;
    }

    /**
     * Writes all readings, or reads as many of the first as there is room for.
     *
     * @param most no fewer than there are in all
     */
    static void code(RansCoder coder, float[] reals, int most) {
        if (reals.length > 0) {
            new RealColumn(coder, reals, most).code(coder.isWriting() ? RealImage.of(reals) : RealImage.BITS);
        }
    }

    private void code(RealImage given) {
        switch (RealImage.Form.values()[(int) coder.plain(2, given.form().ordinal())]) {
            case DIVISOR -> codeOn(Grid.of((int) coder.number(given.grid().divisor())));
            case STEP -> codeOn(new Grid(0, Double.longBitsToDouble(
                    coder.plain(Long.SIZE, Double.doubleToRawLongBits(given.grid().step())))));
            case LIST -> codeIn(given.list());
            default -> codeBits();
        }
    }

    private void codeOn(Grid grid) {
        BitSet strays = new BitSet();
        long[] places = new long[reals.length];
        if (coder.isWriting()) {
            for (int i = 0; i < reals.length; i++) {
                strays.set(i, !grid.has(reals[i]));
                places[i] = !strays.get(i) ? grid.nearest(reals[i]) : i > 0 ? places[i - 1] : 0;
            }
        }
        if (coder.flag(!strays.isEmpty())) {
            codeStrays(strays);
        }
        Numbers.column(coder, places);
        for (int i = 0; i < reals.length; i++) {
            if (strays.isEmpty() || !strays.get(i)) {
                reals[i] = grid.at(places[i]);
            }
        }
    }

    private void codeStrays(BitSet strays) {
        int[] places = strays.stream().toArray();
        long[] gaps = new long[coder.count(places.length, most)];
        for (int i = 0; i < places.length; i++) {
            gaps[i] = places[i] - (i == 0 ? 0 : places[i - 1]);
        }
        Numbers.column(coder, gaps);
        int place = 0;
        for (long gap : gaps) {
            place = Math.addExact(place, (int) gap);
            int bits = coder.isWriting() ? Float.floatToRawIntBits(reals[place]) : 0;
            bits = (int) coder.plain(Integer.SIZE, bits);
            if (place < reals.length) {
                strays.set(place);
                reals[place] = Float.intBitsToFloat(bits);
            }
        }
    }

    /** @param given all different readings, as {@link #rising} numbers, in order */
    private void codeIn(long[] given) {
        long[] list = Arrays.copyOf(given, coder.count(given.length, most));
        Numbers.column(coder, list);
        long[] places = new long[reals.length];
        if (coder.isWriting()) {
            Arrays.setAll(places, i -> Arrays.binarySearch(list, rising(reals[i])));
        }
        Numbers.column(coder, places);
        for (int i = 0; i < reals.length; i++) {
            reals[i] = ofRising(list[(int) places[i]]);
        }
    }

    private void codeBits() {
        long[] numbers = new long[reals.length];
        Arrays.setAll(numbers, i -> rising(reals[i]));
        Numbers.column(coder, numbers);
        for (int i = 0; i < reals.length; i++) {
            reals[i] = ofRising(numbers[i]);
        }
    }

    /** The bits of a number as another that rises with it: without this, all negative ones fall. */
    static long rising(float real) {
        int bits = Float.floatToRawIntBits(real);
        return bits ^ bits >> Integer.SIZE - 1 & Integer.MAX_VALUE;
    }

    private static float ofRising(long rising) {
        int bits = (int) rising;
        return Float.intBitsToFloat(bits ^ bits >> Integer.SIZE - 1 & Integer.MAX_VALUE);
    }
}
