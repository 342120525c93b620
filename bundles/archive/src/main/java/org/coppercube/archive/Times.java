// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

/**
 * A range of times, hundredths of a second since 1970.
 *
 * @param first first one in it
 * @param last last one in it
 */
record Times(long first, long last) {

    static final Times ALL = new Times(Long.MIN_VALUE, Long.MAX_VALUE);

    /** From one time to before another, as the API says it: the largest number is no time but the end. */
    static Times between(long from, long to) {
        return to == Long.MIN_VALUE ? new Times(0, -1) : new Times(from, to == Long.MAX_VALUE ? to : to - 1);
    }

    boolean has(long time) {
        return first <= time && time <= last;
    }

    boolean has(Times other) {
        return first <= other.first && other.last <= last;
    }

    Times and(Times other) {
        return new Times(Math.max(first, other.first), Math.min(last, other.last));
    }

    boolean isEmpty() {
        return first > last;
    }

    /** How long it is; a double, because the longest is longer than a long. */
    double length() {
        return (double) last - first + 1;
    }
}
