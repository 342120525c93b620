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
 * the one before and how many samples it has, then the samples as {@link SampleCodec} writes them. Codec 2, for
 * keeping, is {@link ChunkCodec}.
 *
 * @param run run of the samples
 * @param first feed position of the first sample
 * @param last feed position of the last
 * @param count how many samples
 * @param codec how they are encoded
 * @param data the encoded samples
 */
record Block(int run, long first, long last, int count, int codec, byte[] data) {

    static final int PACKED = 1;
    private static final int TIGHT = 2;

    /** Fast. */
    static Block packed(Stretch stretch) {
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
    static Block tight(Stretch stretch) {
        return of(stretch, TIGHT, ChunkCodec.write(stretch));
    }

    /** @throws DataFormatException if this is nothing that {@link #packed} or {@link #tight} made */
    Stretch open() throws DataFormatException {
        return open(Times.ALL);
    }

    /** With all samples of these times; of the others as many as it takes. @throws DataFormatException likewise */
    Stretch open(Times asked) throws DataFormatException {
        try {
            return switch (codec) {
                case PACKED -> unpacked();
                case TIGHT -> ChunkCodec.read(this, asked);
                default -> throw new IllegalArgumentException("a newer version wrote it");
            };
        } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            throw new DataFormatException("not readable with codec " + codec + " (" + e + ")");
        }
    }

    /** @throws IllegalArgumentException if these are not as many as the samples, or end elsewhere */
    List<Piece> requireFit(List<Piece> pieces) {
        if (pieces.stream().mapToInt(Piece::count).sum() != count || pieces.get(pieces.size() - 1).last() != last) {
            throw new IllegalArgumentException("not what its row says");
        }
        return pieces;
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
        return new Stretch(run, requireFit(pieces), SampleCodec.read(count, in));
    }

    private static Block of(Stretch stretch, int codec, byte[] data) {
        return new Block(stretch.run(), stretch.first(), stretch.last(), stretch.samples().size(), codec, data);
    }
}
