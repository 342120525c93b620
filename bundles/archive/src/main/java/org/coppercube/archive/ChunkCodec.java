// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import org.coppercube.api.trend.Sample;
import org.coppercube.archive.Stretch.Piece;

/**
 * A whole chunk in as few bytes as can be read back at some million samples a second: first the readings that are in no
 * column of {@link Columns}, then all else by a {@link RangeCoder}. docs/archive-format.md says it bit by bit.
 */
final class ChunkCodec {

    private ChunkCodec() {
    }

    static byte[] write(Stretch stretch) {
        ByteWriter others = new ByteWriter();
        Columns columns = Columns.of(stretch.samples(), others);
        ByteWriter out = new ByteWriter();
        out.counted(Deflated.of(others.toByteArray()));
        RangeCoder coder = RangeCoder.writer();
        codePieces(coder, stretch.first(), stretch.samples().size(), stretch.pieces());
        Numbers.column(coder, columns.forms());
        code(coder, columns);
        out.raw(coder.end());
        return out.toByteArray();
    }

    /** @param count how many samples there are */
    static Stretch read(int run, long first, int count, byte[] data) throws DataFormatException {
        ByteReader in = new ByteReader(data);
        ByteReader others = new ByteReader(Deflated.open(in.counted()));
        RangeCoder coder = RangeCoder.reader(in.rest());
        List<Piece> pieces = codePieces(coder, first, count, List.of());
        long[] forms = new long[count];
        Numbers.column(coder, forms);
        Columns columns = Columns.toFill(forms);
        code(coder, columns);
        List<Sample> samples = columns.samples(others);
        return new Stretch(run, pieces, samples);
    }

    private static List<Piece> codePieces(RangeCoder coder, long first, int samples, List<Piece> given) {
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

    private static void code(RangeCoder coder, Columns columns) {
        Numbers.column(coder, columns.offsets());
        Numbers.column(coder, columns.skips());
        TimeColumn.code(coder, columns.times());
        RealColumn.code(coder, columns.reals());
        Numbers.column(coder, columns.wholes());
    }
}
