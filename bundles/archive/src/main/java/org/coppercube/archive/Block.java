// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import org.coppercube.archive.Stretch.Piece;

/**
 * A {@link Stretch} as bytes: what a journal frame and a chunk hold, and what the unsealed end of a log is in memory.
 * Codec 1, for a few samples, is the number of pieces, then for each piece how many feed positions lie between it and
 * the one before and how many samples it has, then the samples as {@link SampleCodec} writes them. Codec 2, for keeping,
 * is {@link ChunkCodec}.
 *
 * @param run run of the samples
 * @param first feed position of the first sample
 * @param last feed position of the last
 * @param count how many samples
 * @param codec how they are encoded
 * @param data the encoded samples
 */
record Block(int run, long first, long last, int count, int codec, byte[] data) {

    private static final int PACKED = 1;
    private static final int RANGE_CODED = 2;

    /** Fast. */
    static Block of(Stretch stretch) {
        ByteWriter out = new ByteWriter();
        out.varint(stretch.pieces().size());
        long next = stretch.first();
        for (Piece piece : stretch.pieces()) {
            out.varint(piece.first() - next);
            out.varint(piece.count());
            next = piece.last() + 1;
        }
        SampleCodec.write(stretch.samples(), out);
        return of(stretch, PACKED, out.toByteArray());
    }

    /** In few bytes, for keeping. */
    static Block sealed(Stretch stretch) {
        return of(stretch, RANGE_CODED, ChunkCodec.write(stretch));
    }

    /** @throws DataFormatException if this is nothing that {@link #of} or {@link #sealed} made */
    Stretch open() throws DataFormatException {
        try {
            Stretch stretch = switch (codec) {
                case PACKED -> unpacked();
                case RANGE_CODED -> ChunkCodec.read(run, first, count, data);
                default -> throw new IllegalArgumentException("a newer version wrote it");
            };
            int pieces = stretch.pieces().stream().mapToInt(Piece::count).sum();
            if (pieces != count || stretch.last() != last) {
                throw new DataFormatException("not what its row says");
            }
            return stretch;
        } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            throw new DataFormatException("not readable with codec " + codec + " (" + e + ")");
        }
    }

    /** Check sum over everything that says what this is. */
    int crc(int log) {
        ByteWriter head = new ByteWriter();
        head.varint(log);
        head.varint(run);
        head.varint(first);
        head.varint(last);
        head.varint(count);
        head.octet(codec);
        CRC32C crc = new CRC32C();
        crc.update(head.toByteArray());
        crc.update(data);
        return (int) crc.getValue();
    }

    private Stretch unpacked() {
        ByteReader in = new ByteReader(data);
        List<Piece> pieces = new ArrayList<>();
        long next = first;
        for (int left = in.count(count); left > 0; left--) {
            Piece piece = new Piece(next + in.varint(), in.count(count));
            pieces.add(piece);
            next = piece.last() + 1;
        }
        return new Stretch(run, pieces, SampleCodec.read(count, in));
    }

    private static Block of(Stretch stretch, int codec, byte[] data) {
        return new Block(stretch.run(), stretch.first(), stretch.last(), stretch.samples().size(), codec, data);
    }
}
