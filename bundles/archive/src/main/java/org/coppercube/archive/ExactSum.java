// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sum that does not depend on the order in which its parts are added: it is exact until it is told, and rounded once.
 * It is kept as a few doubles that do not overlap (Shewchuk 1997, Adaptive Precision Floating-Point Arithmetic); of
 * readings as devices make them, one is enough.
 */
final class ExactSum {

    /** Beyond this a sum of doubles might be infinite; no device measures so much. */
    private static final double HUGE = 0x1p960;

    private double[] terms = new double[1];
    private int count;
    private BigDecimal huge = BigDecimal.ZERO;

    void add(double part) {
        if (Math.abs(part) >= HUGE) {
            huge = huge.add(new BigDecimal(part));
            return;
        }
        double rest = part;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            boolean swap = Math.abs(rest) < Math.abs(terms[i]);
            double larger = swap ? terms[i] : rest;
            double smaller = swap ? rest : terms[i];
            rest = larger + smaller;
            double error = smaller - (rest - larger);
            if (error != 0) {
                terms[kept++] = error;
            }
        }
        if (kept == terms.length) {
            terms = Arrays.copyOf(terms, 2 * kept);
        }
        terms[kept] = rest;
        count = kept + 1;
    }

    /** Doubles that add up to exactly this, most often one; none where it takes more than some, or huge ones. */
    List<Double> terms(int most) {
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < count && count <= most && huge.signum() == 0; i++) {
            all.add(terms[i]);
        }
        return all;
    }

    /** The double nearest to it; infinite where it is beyond all doubles. */
    double value() {
        if (count <= 1 && huge.signum() == 0) {
            return terms[0] + 0.0; // -0.0 becomes 0.0
        }
        BigDecimal exact = huge;
        for (int i = 0; i < count; i++) {
            exact = exact.add(new BigDecimal(terms[i]));
        }
        return exact.doubleValue();
    }
}
