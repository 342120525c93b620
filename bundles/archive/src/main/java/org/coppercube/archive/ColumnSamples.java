// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;

/** The samples of some columns. Each is made when it is asked for, because of most chunks only a few are. */
final class ColumnSamples extends AbstractList<Sample> implements RandomAccess {

    private static final long MOST_SEQUENCE = 0xFFFF_FFFFL;
    private static final long MOST_OFFSET = 1_440;
    private static final long MOST_FORM = 2_047;

    private final Columns columns;
    /** Null if each is one more than the one before. */
    private final long[] sequences;
    /** Where in its column a reading is; null if all are in the same. */
    private final int[] places;
    private final Reading[] others;

    /** @throws IllegalArgumentException if one of them can be none */
    ColumnSamples(Columns columns, ByteReader in) {
        this.columns = columns;
        int count = size();
        this.others = new Reading[count - columns.reals().length - columns.wholes().length];
        boolean alike = others.length == 0 && columns.forms().length == 1;
        this.places = alike ? null : new int[count];
        if (!alike) {
            place(in);
        }
        boolean following = others.length == 0 && columns.skips().length == 1 && columns.skips()[0] == 0;
        this.sequences = following ? null : new long[count];
        if (following) {
            require(columns.first(), 0, MOST_SEQUENCE - count + 1);
        } else {
            number();
        }
        for (long form : columns.forms()) {
            require(form, 0, MOST_FORM);
        }
        for (long offset : columns.offsets()) {
            require(offset, -MOST_OFFSET, MOST_OFFSET);
        }
    }

    private void place(ByteReader in) {
        int real = 0;
        int whole = 0;
        int other = 0;
        for (int i = 0; i < places.length; i++) {
            int kind = kind(i);
            if (kind == ReadingCodec.REAL) {
                places[i] = real++;
            } else if (ReadingCodec.isWhole(kind)) {
                places[i] = whole++;
            } else {
                others[other] = ReadingCodec.read(kind, in);
                places[i] = other++;
            }
        }
    }

    private void number() {
        long next = columns.first();
        for (int i = 0; i < sequences.length; i++) {
            sequences[i] = require(next + at(columns.skips(), i), 0, MOST_SEQUENCE);
            next = sequences[i] + (kind(i) == ReadingCodec.GAP ? ((Reading.Gap) others[places[i]]).count() : 1);
        }
    }

    private static long at(long[] column, int index) {
        return column.length == 1 ? column[0] : column[index];
    }

    @Override
    public int size() {
        return columns.times().length;
    }

    @Override
    public Sample get(int index) {
        long form = at(columns.forms(), index);
        long sequence = sequences == null ? columns.first() + index : sequences[index];
        return new Sample(sequence, columns.times()[index], (int) at(columns.offsets(), index), Columns.source(form),
                Columns.flags(form), reading(Columns.kind(form), places == null ? index : places[index]));
    }

    /** That of the sample, without making it. */
    long time(int index) {
        return columns.times()[index];
    }

    /** What all this takes in memory, about, in bytes. */
    int bytes() {
        long bytes = (long) Long.BYTES * (columns.times().length + columns.wholes().length + columns.forms().length
                + columns.offsets().length + columns.skips().length + (sequences == null ? 0 : sequences.length))
                + (long) Float.BYTES * (columns.reals().length + (places == null ? 0 : places.length));
        for (Reading reading : others) {
            bytes += Footprint.of(reading);
        }
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    private int kind(int index) {
        return Columns.kind(at(columns.forms(), index));
    }

    private Reading reading(int kind, int place) {
        return kind == ReadingCodec.REAL ? new Reading.Real(columns.reals()[place])
                : ReadingCodec.isWhole(kind) ? ReadingCodec.ofWhole(kind, columns.wholes()[place]) : others[place];
    }

    private static long require(long number, long least, long most) {
        if (number < least || number > most) {
            throw new IllegalArgumentException(number + " is not from " + least + " to " + most);
        }
        return number;
    }
}
