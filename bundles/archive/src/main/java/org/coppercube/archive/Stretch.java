// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.coppercube.api.trend.Sample;

/**
 * Neighbouring samples of one run of one log, and where in the feed they are.
 *
 * @param run the run
 * @param pieces which of them arrived together, in order; their counts add up to the samples
 * @param samples one or more, in record order
 */
record Stretch(int run, List<Piece> pieces, List<Sample> samples) {

    /**
     * Samples that arrived together, so that their feed positions follow each other.
     *
     * @param first position of the first of them
     * @param count how many
     */
    record Piece(long first, int count) {
        long last() {
            return first + count - 1;
        }
    }

    /** Samples that arrived together. */
    Stretch(int run, long first, List<Sample> samples) {
        this(run, List.of(new Piece(first, samples.size())), samples);
    }

    /** The first samples of these pieces. */
    static Stretch of(int run, List<Piece> pieces, List<Sample> samples) {
        return new Stretch(run, part(pieces, 0, samples.size()), samples);
    }

    /** Neighbours of one run as one. */
    static Stretch join(List<Stretch> neighbours) {
        List<Piece> pieces = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        for (Stretch each : neighbours) {
            pieces.addAll(each.pieces);
            samples.addAll(each.samples);
        }
        return new Stretch(neighbours.get(0).run, pieces, Collections.unmodifiableList(samples));
    }

    long first() {
        return pieces.get(0).first;
    }

    long last() {
        return pieces.get(pieces.size() - 1).last();
    }

    /** From the earliest to the latest. */
    Times times() {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < samples.size(); i++) {
            first = Math.min(first, time(i));
            last = Math.max(last, time(i));
        }
        return new Times(first, last);
    }

    /** That of the sample at this index. */
    long time(int index) {
        return samples instanceof ColumnSamples columns ? columns.time(index) : samples.get(index).time();
    }

    /** Feed position of the sample at this index. */
    long position(int index) {
        int left = index;
        for (Piece piece : pieces) {
            if (left < piece.count) {
                return piece.first + left;
            }
            left -= piece.count;
        }
        throw new IndexOutOfBoundsException(index);
    }

    /** Index of the first sample at this feed position or after it. */
    int indexOf(long position) {
        int index = 0;
        for (Piece piece : pieces) {
            if (piece.last() >= position) {
                return index + (int) Math.max(0, position - piece.first);
            }
            index += piece.count;
        }
        return index;
    }

    /** The samples from one index to before another. */
    Stretch part(int from, int to) {
        return new Stretch(run, part(pieces, from, to), samples.subList(from, to));
    }

    private static List<Piece> part(List<Piece> pieces, int from, int to) {
        List<Piece> cut = new ArrayList<>();
        int index = 0;
        for (Piece piece : pieces) {
            int begin = Math.max(from, index);
            int end = Math.min(to, index + piece.count);
            if (begin < end) {
                cut.add(new Piece(piece.first + begin - index, end - begin));
            }
            index += piece.count;
        }
        return cut;
    }
}
