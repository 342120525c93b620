// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.derby.io.StorageFile;
import org.apache.derby.io.StorageRandomAccessFile;

/**
 * A container that Derby has open: one caller at a time, as Derby sees to. It is no {@link java.io.RandomAccessFile},
 * because Derby would then read and write past it through the file's channel.
 */
final class OpenContainer extends DataInputStream implements StorageRandomAccessFile {

    private final StorageFile path;
    private final String mode;
    private final Bytes bytes;
    private final DataOutputStream out = new DataOutputStream(new OutputStream() {
        @Override
        public void write(int octet) throws IOException {
            bytes.write(new byte[] {(byte) octet});
        }

        @Override
        public void write(byte[] data, int offset, int length) throws IOException {
            bytes.write(Arrays.copyOfRange(data, offset, offset + length));
        }
    });

    OpenContainer(StorageFile path, String mode, HeldPages pages) throws FileNotFoundException {
        this(path, mode, new Bytes(path.getRandomAccessFile(mode), path.getName(), pages));
    }

    private OpenContainer(StorageFile path, String mode, Bytes bytes) {
        super(bytes);
        this.path = path;
        this.mode = mode;
        this.bytes = bytes;
    }

    /** Its bytes, from a position on. */
    private static final class Bytes extends InputStream {

        private final StorageRandomAccessFile file;
        private final String name;
        private final HeldPages pages;
        private long at;

        Bytes(StorageRandomAccessFile file, String name, HeldPages pages) {
            this.file = file;
            this.name = name;
            this.pages = pages;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] data, int offset, int length) throws IOException {
            List<HeldPage> held = pages.of(name); // before the file is read: they may be written to it meanwhile
            file.seek(at);
            int read = file.read(data, offset, length);
            held.forEach(page -> page.over(data, offset, read, at));
            at += Math.max(0, read);
            return read;
        }

        /** @param data kept as it is */
        void write(byte[] data) throws IOException {
            if (at + data.length > file.length()) { // a full disk says so now, as Derby expects
                file.seek(at);
                file.write(new byte[data.length]);
            }
            pages.hold(new HeldPage(name, at, data));
            at += data.length;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    @Override
    public long getFilePointer() {
        return bytes.at;
    }

    @Override
    public void seek(long position) {
        bytes.at = position;
    }

    @Override
    public long length() throws IOException {
        return bytes.file.length();
    }

    @Override
    public void setLength(long length) throws IOException {
        bytes.pages.settle(); // nothing shall put back what is cut off
        bytes.file.setLength(length);
        bytes.at = Math.min(bytes.at, length);
    }

    @Override
    public void sync() throws IOException {
        bytes.pages.sync(bytes.name, bytes.file);
    }

    @Override
    public StorageRandomAccessFile clone() {
        try {
            return new OpenContainer(path, mode, bytes.pages);
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(int octet) throws IOException {
        out.write(octet);
    }

    @Override
    public void write(byte[] data) throws IOException {
        out.write(data);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
        out.write(data, offset, length);
    }

    @Override
    public void writeBoolean(boolean value) throws IOException {
        out.writeBoolean(value);
    }

    @Override
    public void writeByte(int value) throws IOException {
        out.writeByte(value);
    }

    @Override
    public void writeShort(int value) throws IOException {
        out.writeShort(value);
    }

    @Override
    public void writeChar(int value) throws IOException {
        out.writeChar(value);
    }

    @Override
    public void writeInt(int value) throws IOException {
        out.writeInt(value);
    }

    @Override
    public void writeLong(long value) throws IOException {
        out.writeLong(value);
    }

    @Override
    public void writeFloat(float value) throws IOException {
        out.writeFloat(value);
    }

    @Override
    public void writeDouble(double value) throws IOException {
        out.writeDouble(value);
    }

    @Override
    public void writeBytes(String text) throws IOException {
        out.writeBytes(text);
    }

    @Override
    public void writeChars(String text) throws IOException {
        out.writeChars(text);
    }

    @Override
    public void writeUTF(String text) throws IOException {
        out.writeUTF(text);
    }
}
