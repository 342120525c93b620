// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.zip.DataFormatException;
import org.coppercube.api.archive.Transfer;
import org.coppercube.api.trend.TrendLog;

/** Reads an export from its first byte to its last, and believes nothing in it that has no right check sum. */
final class ExportReader {

    /** Told what is in it, in its order. */
    interface Visitor {
        void log(TrendLog log);

        /** Samples of the log told last. */
        void samples(Stretch stretch);

        /** @return whether to go on */
        boolean goesOn(long bytes);
    }

    private final Path file;
    private long at;
    private int logs;
    private long records;

    ExportReader(Path file) {
        this.file = file;
    }

    /** @throws IllegalArgumentException saying what is wrong with the file, and where */
    Transfer read(Visitor visitor) throws IOException {
        try (DigestInputStream digest = new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)),
                Chain.sha256()); DataInputStream in = new DataInputStream(digest)) {
            header(in);
            while (part(in, visitor)) {
                if (!visitor.goesOn(at)) {
                    throw new CancellationException("The import was ended; another one goes on from there");
                }
            }
            byte[] sha256 = digest.getMessageDigest().digest();
            if (!Arrays.equals(sha256, in.readNBytes(sha256.length)) || in.read() >= 0) {
                throw damaged("its check sum is not what stands at its end", null);
            }
            return new Transfer(logs, records, 0, HexFormat.of().formatHex(sha256));
        } catch (EOFException e) {
            throw damaged("it ends too early", e);
        }
    }

    private void header(DataInputStream in) throws IOException {
        byte[] header = in.readNBytes(ExportFile.HEADER.length);
        int version = header.length - 2;
        if (!Arrays.equals(header, ExportFile.HEADER)) {
            boolean newer = header.length == ExportFile.HEADER.length
                    && Arrays.equals(header, 0, version, ExportFile.HEADER, 0, version);
            throw new IllegalArgumentException(file + (newer ? " was exported by newer software; install that first"
                    : " is no export of CopperCube"));
        }
        at = header.length;
    }

    /** @return whether another part follows */
    private boolean part(DataInputStream in, Visitor visitor) throws IOException {
        int kind = in.readUnsignedByte();
        int length = in.readInt();
        if (length < 0 || length > ExportFile.MOST_BYTES) {
            throw damaged("a part of it says that it has " + length + " bytes", null);
        }
        byte[] content = new byte[length];
        in.readFully(content);
        if (in.readInt() != ExportFile.crc(kind, content)) {
            throw damaged("check sum is wrong", null);
        }
        try {
            visit(kind, content, visitor);
        } catch (DataFormatException e) {
            throw damaged("a part of it is not readable (" + e.getMessage() + ")", e);
        }
        at += length + 9L;
        return kind != ExportFile.END;
    }

    private void visit(int kind, byte[] content, Visitor visitor) throws DataFormatException {
        switch (kind) {
            case ExportFile.LOG -> {
                logs++;
                visitor.log(ExportFile.log(content));
            }
            case ExportFile.BLOCK -> {
                Stretch stretch = ExportFile.samples(content);
                records += stretch.samples().size();
                visitor.samples(stretch);
            }
            case ExportFile.END -> {
                ByteReader in = new ByteReader(content);
                if (in.varint() != logs || in.varint() != records) {
                    throw new DataFormatException("it has other numbers of logs and records than it says");
                }
            }
            default -> throw new DataFormatException("kind " + kind);
        }
    }

    private IllegalArgumentException damaged(String how, Exception cause) {
        return new IllegalArgumentException(
                file + " is damaged at byte " + at + ": " + how + "; copy it again from where it was made", cause);
    }
}
