// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Bytes in fewer bytes (RFC 1951), after their count; or as they are, after a 0, where that is shorter. */
final class Deflated {

    /** More than the head of a log can hold ({@link Growth#SEALED_BYTES}), so a damaged count asks for no more. */
    private static final int MOST = 1 << 20;

    private Deflated() {
    }

    static byte[] of(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] shorter = new byte[bytes.length];
            int length = deflater.deflate(shorter);
            ByteWriter out = new ByteWriter();
            out.varint(deflater.finished() ? bytes.length : 0);
            out.raw(deflater.finished() ? Arrays.copyOf(shorter, length) : bytes);
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    static byte[] open(byte[] bytes) throws DataFormatException {
        if (bytes.length == 0) {
            return bytes;
        }
        ByteReader in = new ByteReader(bytes);
        byte[] whole = new byte[in.count(MOST)];
        byte[] rest = in.rest();
        if (whole.length == 0) {
            return rest;
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(rest);
            if (inflater.inflate(whole) < whole.length) {
                throw new DataFormatException("shorter than it says");
            }
            return whole;
        } finally {
            inflater.end();
        }
    }
}
