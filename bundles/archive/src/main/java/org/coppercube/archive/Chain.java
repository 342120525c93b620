// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.coppercube.api.trend.TrendLogId;

/**
 * The chunks of a log hang on each other: a chunk's value is the SHA-256 of the value before it, of all that its row
 * says of it, and of its data. Whoever knows the last value knows all chunks up to it: none can be changed, left out or
 * put in without changing every value after it. Values are written in lower-case hexadecimal.
 */
final class Chain {

    /** Before the first chunk of a log. */
    private static final String BEGINNING = "0".repeat(64);

    private Chain() {
    }

    /** @param before value of the chunk before; null for the first of a log */
    static String next(String before, TrendLogId log, ChunkRow row) {
        Block block = row.block();
        ByteWriter said = new ByteWriter();
        said.text(log.toString());
        said.varint(row.ordinal());
        said.varint(block.run());
        said.varint(block.first());
        said.varint(block.last());
        said.varint(block.count());
        said.zigzag(row.firstTime());
        said.zigzag(row.lastTime());
        said.varint(row.firstSequence());
        said.varint(row.lastSequence());
        said.varint(row.lost());
        said.counted(row.summary());
        said.varint(block.codec());
        MessageDigest hash = sha256();
        hash.update(HexFormat.of().parseHex(before == null ? BEGINNING : before));
        hash.update(said.toByteArray());
        hash.update(block.data());
        return HexFormat.of().formatHex(hash.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
