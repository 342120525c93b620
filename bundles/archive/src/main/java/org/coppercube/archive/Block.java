// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.coppercube.archive.Stretch.Piece;

/**
 * A {@link Stretch} as bytes: what a journal frame and a chunk hold, and what the unsealed end of a log is in memory.
 * Codec 1 is the number of pieces, then for each piece how many feed positions lie between it and the one before and
 * how many samples it has, then the samples as {@link SampleCodec} writes them. Codec 2 is codec 1 deflated, without
 * a header, after its length.
 *
 * @param run run of the samples
 * @param first feed position of the first sample
 * @param last feed position of the last
 * @param count how many samples
 * @param codec how they are encoded
 * @param data the encoded samples
 */
record Block(int run, long first, long last, int count, int codec, byte[] data) {

    private static final int COLUMNS = 1;
    private static final int DEFLATED = 2;

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
        return new Block(stretch.run(), stretch.first(), stretch.last(), stretch.samples().size(), COLUMNS,
                out.toByteArray());
    }

    /** The same in fewer bytes, for keeping. */
    Block deflated() {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(data);
            deflater.finish();
            byte[] shorter = new byte[data.length];
            int length = deflater.deflate(shorter);
            if (!deflater.finished()) {
                return this;
            }
            ByteWriter out = new ByteWriter();
            out.varint(data.length);
            out.raw(Arrays.copyOf(shorter, length));
            return new Block(run, first, last, count, DEFLATED, out.toByteArray());
        } finally {
            deflater.end();
        }
    }

    /** @throws DataFormatException if this is nothing that {@link #of} or {@link #deflated} made */
    Stretch open() throws DataFormatException {
        try {
            ByteReader in = new ByteReader(columns());
            List<Piece> pieces = new ArrayList<>();
            long next = first;
            for (int left = in.count(count); left > 0; left--) {
                Piece piece = new Piece(next + in.varint(), in.count(count));
                pieces.add(piece);
                next = piece.last() + 1;
            }
            return new Stretch(run, pieces, SampleCodec.read(count, in));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
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

    private byte[] columns() throws DataFormatException {
        return switch (codec) {
            case COLUMNS -> data;
            case DEFLATED -> inflated();
            default -> throw new IllegalArgumentException("a newer version wrote it");
        };
    }

    private byte[] inflated() throws DataFormatException {
        ByteReader in = new ByteReader(data);
        byte[] longer = new byte[in.count(Integer.MAX_VALUE)];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(in.rest());
            if (inflater.inflate(longer) < longer.length) {
                throw new DataFormatException("shorter than it says");
            }
            return longer;
        } finally {
            inflater.end();
        }
    }
}
