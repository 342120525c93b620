// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import org.coppercube.archive.Stretch.Piece;

/**
 * A whole chunk in as few bytes as can be read back at some million samples a second: first the readings that are in no
 * column of {@link Columns}, then all else by a {@link RansCoder}. docs/archive-format.md says it bit by bit.
 */
final class ChunkCodec {

    private ChunkCodec() {
    }

    static byte[] write(Stretch stretch) {
        ByteWriter others = new ByteWriter();
        Columns columns = Columns.of(stretch.samples(), others);
        ByteWriter out = new ByteWriter();
        out.counted(Deflated.of(others.toByteArray()));
        RansCoder coder = RansCoder.writer();
        codePieces(coder, stretch.first(), stretch.samples().size(), stretch.pieces());
        code(coder, columns, columns.times().length, Times.ALL);
        out.raw(coder.end());
        return out.toByteArray();
    }

    /** All samples, or the first of them up to the last with a time that is asked for. */
    static Stretch read(Block block, Times asked) throws DataFormatException {
        ByteReader in = new ByteReader(block.data());
        ByteReader others = new ByteReader(Deflated.open(in.counted()));
        RansCoder coder = RansCoder.reader(in.rest());
        List<Piece> pieces = block.requireFit(codePieces(coder, block.first(), block.count(), List.of()));
        Columns columns = code(coder, Columns.NONE, block.count(), asked);
        return Stretch.of(block.run(), pieces, columns.samples(others));
    }

    private static List<Piece> codePieces(RansCoder coder, long first, int samples, List<Piece> given) {
        int size = coder.count(given.size(), samples);
        long[] gaps = new long[size];
        long[] counts = new long[size];
        long next = first;
        for (int i = 0; i < given.size(); i++) {
            gaps[i] = given.get(i).first() - next;
            counts[i] = given.get(i).count();
            next = given.get(i).last() + 1;
        }
        Numbers.column(coder, gaps);
        Numbers.column(coder, counts);
        List<Piece> pieces = new ArrayList<>();
        next = first;
        for (int i = 0; i < size; i++) {
            pieces.add(new Piece(next + gaps[i], (int) counts[i]));
            next = pieces.get(i).last() + 1;
        }
        return pieces;
    }

    private static Columns code(RansCoder coder, Columns given, int count, Times asked) {
        long[] forms = Numbers.oneOrMore(coder, given.forms(), count);
        long[] offsets = Numbers.oneOrMore(coder, given.offsets(), count);
        long[] skips = Numbers.oneOrMore(coder, given.skips(), count);
        long first = coder.number(given.first());
        long[] times = coder.isWriting() ? given.times() : new long[count];
        TimeColumn.code(coder, times);
        int wanted = forms.length == 1 ? wanted(times, asked) : count;
        Columns columns = coder.isWriting() ? given : Columns.toFill(wanted, forms, offsets, skips, first, times);
        RealColumn.code(coder, columns.reals(), count);
        Numbers.column(coder, columns.wholes());
        if (!coder.isWriting() && wanted == count) {
            coder.requireEnd();
        }
        return columns;
    }

    /** How many samples there are up to the last with such a time. */
    private static int wanted(long[] times, Times asked) {
        int end = times.length;
        while (end > 1 && !asked.has(times[end - 1])) {
            end--;
        }
        return end;
    }
}
