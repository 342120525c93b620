// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;

/** What a file of an export is made of; docs/export-format.md has it byte by byte. */
final class ExportFile {

    static final byte[] HEADER = "CopperCube export 1\n".getBytes(US_ASCII);
    static final int LOG = 'L';
    static final int BLOCK = 'B';
    static final int END = 'E';
    /** Nothing that an export has is larger. */
    static final int MOST_BYTES = 16 << 20;

    private ExportFile() {
    }

    static int crc(int kind, byte[] content) {
        ByteWriter head = new ByteWriter();
        head.octet(kind);
        head.int32(content.length);
        CRC32C crc = new CRC32C();
        crc.update(head.toByteArray());
        crc.update(content);
        return (int) crc.getValue();
    }

    static byte[] encode(TrendLog log) {
        ByteWriter out = new ByteWriter();
        out.text(log.id().toString());
        out.text(log.name());
        out.text(log.deviceName());
        out.text(log.objectName());
        out.octet(log.logged() == null ? 0 : 1);
        if (log.logged() != null) {
            out.varint(log.logged().device());
            out.text(log.logged().object());
            out.text(log.logged().property());
        }
        out.text(log.units());
        out.text(log.timeZone().getId());
        out.varint(log.interval().toMillis() / 10);
        out.varint(log.bufferSize());
        return out.toByteArray();
    }

    /** @throws DataFormatException if it is nothing that {@link #encode(TrendLog)} made */
    static TrendLog log(byte[] content) throws DataFormatException {
        try {
            return log(new ByteReader(content));
        } catch (IndexOutOfBoundsException | IllegalArgumentException | DateTimeException e) {
            throw new DataFormatException(e.getMessage());
        }
    }

    private static TrendLog log(ByteReader in) {
        return new TrendLog(TrendLogId.parse(in.text()), in.text(), in.text(), in.text(),
                in.octet() == 0 ? null
                        : new TrendLog.LoggedProperty(in.count(Integer.MAX_VALUE), in.text(), in.text()),
                in.text(), ZoneId.of(in.text()), Duration.ofMillis(10 * in.varint()), in.varint());
    }

    static byte[] encode(Block block) {
        ByteWriter out = new ByteWriter();
        out.varint(block.run());
        out.varint(block.count());
        out.varint(block.codec());
        out.raw(block.data());
        return out.toByteArray();
    }

    /** @throws DataFormatException if it is nothing that {@link #encode(Block)} made */
    static Stretch samples(byte[] content) throws DataFormatException {
        try {
            ByteReader in = new ByteReader(content);
            int run = in.count(Integer.MAX_VALUE);
            int count = in.count(ExportBlocks.SAMPLES);
            return new Block(run, 1, count, count, in.count(Short.MAX_VALUE), in.rest()).open();
        } catch (IndexOutOfBoundsException e) {
            throw new DataFormatException(e.getMessage());
        }
    }
}
