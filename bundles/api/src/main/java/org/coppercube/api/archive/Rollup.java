// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

/**
 * What the readings of one interval amount to: those that are {@code Reading.Numeric} and neither NaN nor infinite, by
 * their magnitudes.
 *
 * @param start where the interval begins, 1/100 s since 1970 UTC
 * @param end where the next one begins
 * @param count how many readings there are, 1 or more
 * @param min the smallest
 * @param max the largest
 * @param sum their exact sum, rounded once to a double, and so the same in whatever order they are added
 * @param last the one with the latest time; of several at that time the last in record order
 */
public record Rollup(long start, long end, long count, double min, double max, double sum, double last) {

    /** Their mean: sum divided by count. */
    public double average() {
        return sum / count;
    }
}
