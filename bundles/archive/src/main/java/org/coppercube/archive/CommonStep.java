// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the step of which nearly all readings are whole multiples, where it is no round number: a controller that
 * counts in gallons and reports litres, or reports averages, leaves such a grid. A reading is a multiple only to within
 * half its last bit, so each one narrows the range in which the step must lie.
 */
final class CommonStep {

    /** A difference that is taken for a start is so many steps at most. */
    private static final int MULTIPLES = 12;
    /** One reading in so many may be off. */
    private static final int STRAYS = 20;
    /** A step is so many times what a reading's last bit is worth; of a smaller one every reading is a multiple. */
    private static final int COARSE = 4;
    /** A difference so many times what the last bit is worth is none of rounding. */
    private static final int CLEAR = 8;
    /** A small difference is likely to be a small multiple; these shares of them are tried. */
    private static final int[] SHARES = {Integer.MAX_VALUE, 50, 20, 10, 4};

    private record Range(double least, double most) {
        double middle() {
            return (least + most) / 2;
        }
    }

    /** Different readings without their signs, rising. */
    private final double[] sizes;
    private final double lastBit;

    private CommonStep(double[] sizes) {
        this.sizes = sizes;
        this.lastBit = lastBit(sizes[sizes.length - 1]);
    }

    /** @return 0 if there is none */
    static double of(float[] reals) {
        float[] rising = new float[reals.length];
        for (int i = 0; i < reals.length; i++) {
            rising[i] = Float.isFinite(reals[i]) ? Math.abs(reals[i]) : 0;
        }
        Arrays.sort(rising);
        double[] sizes = new double[rising.length];
        int count = 0;
        for (float size : rising) {
            if (size > 0 && (count == 0 || size != sizes[count - 1])) {
                sizes[count++] = size;
            }
        }
        return count < 2 ? 0 : new CommonStep(Arrays.copyOf(sizes, count)).find();
    }

    private double find() {
        double best = from(sizes[0], lastBit(sizes[0]) / 2);
        double[] differences = differences();
        for (int share : SHARES) {
            if (differences.length > 0) {
                best = Math.max(best, from(differences[differences.length / share], lastBit));
            }
        }
        return best;
    }

    private double[] differences() {
        double[] differences = new double[sizes.length];
        int count = 0;
        for (int i = 1; i < sizes.length; i++) {
            if (sizes[i] - sizes[i - 1] > CLEAR * lastBit(sizes[i])) {
                differences[count++] = sizes[i] - sizes[i - 1];
            }
        }
        Arrays.sort(differences, 0, count);
        return Arrays.copyOf(differences, count);
    }

    /** The largest step of which this, known only so well, is a multiple. */
    private double from(double difference, double inexact) {
        for (int multiple = 1; multiple <= MULTIPLES; multiple++) {
            Range range = new Range((difference - inexact) / multiple, (difference + inexact) / multiple);
            if (range.least > COARSE * lastBit) {
                Optional<Range> narrow = narrow(range, 0);
                if (narrow.isEmpty()) { // too vague for large readings; differences between near ones lead there
                    narrow = narrow(range, sizes[0]).flatMap(narrower -> narrow(narrower, 0));
                }
                if (narrow.isPresent()) {
                    return narrow.get().middle();
                }
            }
        }
        return 0;
    }

    /** By all readings, counted from one of them or from 0; empty if no multiples or the range is too vague. */
    private Optional<Range> narrow(Range start, double origin) {
        double least = start.least;
        double most = start.most;
        int strays = 0;
        for (double size : sizes) {
            double distance = size - origin;
            if (distance / least - distance / most > 0.5) {
                return Optional.empty();
            }
            double steps = (long) (distance / ((least + most) / 2) + 0.5); // Math.rint takes longer than all the rest
            double inexact = (lastBit(size) + (origin == 0 ? 0 : lastBit(origin))) / 2;
            double smallest = (distance - inexact) / steps;
            double largest = (distance + inexact) / steps;
            if (steps == 0 ? distance > 0 : smallest > most || largest < least) {
                strays++;
                if (strays > sizes.length / STRAYS) {
                    return Optional.empty();
                }
            } else if (steps > 0) {
                least = Math.max(least, smallest);
                most = Math.min(most, largest);
            }
        }
        return Optional.of(new Range(least, most));
    }

    private static double lastBit(double size) {
        return Math.ulp((float) size);
    }
}
