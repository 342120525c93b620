// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.derby.io.StorageRandomAccessFile;

/**
 * An open file of Derby's, watched. It is no {@link RandomAccessFile} itself, because Derby would then write past it
 * through the file's channel.
 */
final class WatchedRandomAccess implements StorageRandomAccessFile {

    private final Disk disk;
    private final Path path;
    private final String mode;
    private final RandomAccessFile file;

    WatchedRandomAccess(Disk disk, Path path, String mode) throws IOException {
        this.disk = disk;
        this.path = path;
        this.mode = mode;
        this.file = new Watched(mode);
    }

    /** Whatever is written, it all comes by these three. */
    private final class Watched extends RandomAccessFile {

        private Watched(String mode) throws IOException {
            super(path.toFile(), mode);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] data) throws IOException {
            write(data, 0, data.length);
        }

        @Override
        public void write(byte[] data, int offset, int length) throws IOException {
            byte[] part = Arrays.copyOfRange(data, offset, offset + length);
            disk.write(path, getFilePointer(), part, !mode.equals("rw"), () -> {
                super.write(part, 0, length);
                return null;
            });
        }
    }

    @Override
    public void setLength(long length) throws IOException {
        disk.setLength(path, length, () -> {
            file.setLength(length);
            return null;
        });
    }

    @Override
    public void sync() throws IOException {
        disk.sync(path, () -> {
            file.getFD().sync();
            return null;
        });
    }

    @Override
    public StorageRandomAccessFile clone() {
        try {
            return new WatchedRandomAccess(disk, path, mode);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public long getFilePointer() throws IOException {
        return file.getFilePointer();
    }

    @Override
    public long length() throws IOException {
        return file.length();
    }

    @Override
    public void seek(long position) throws IOException {
        file.seek(position);
    }

    @Override
    public int read(byte[] data, int offset, int length) throws IOException {
        return file.read(data, offset, length);
    }

    @Override
    public void write(int octet) throws IOException {
        file.write(octet);
    }

    @Override
    public void write(byte[] data) throws IOException {
        file.write(data);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
        file.write(data, offset, length);
    }

    @Override
    public void writeBoolean(boolean value) throws IOException {
        file.writeBoolean(value);
    }

    @Override
    public void writeByte(int value) throws IOException {
        file.writeByte(value);
    }

    @Override
    public void writeShort(int value) throws IOException {
        file.writeShort(value);
    }

    @Override
    public void writeChar(int value) throws IOException {
        file.writeChar(value);
    }

    @Override
    public void writeInt(int value) throws IOException {
        file.writeInt(value);
    }

    @Override
    public void writeLong(long value) throws IOException {
        file.writeLong(value);
    }

    @Override
    public void writeFloat(float value) throws IOException {
        file.writeFloat(value);
    }

    @Override
    public void writeDouble(double value) throws IOException {
        file.writeDouble(value);
    }

    @Override
    public void writeBytes(String text) throws IOException {
        file.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void writeChars(String text) throws IOException {
        for (char each : text.toCharArray()) {
            file.writeChar(each);
        }
    }

    @Override
    public void writeUTF(String text) throws IOException {
        file.writeUTF(text);
    }

    @Override
    public void readFully(byte[] data) throws IOException {
        file.readFully(data);
    }

    @Override
    public void readFully(byte[] data, int offset, int length) throws IOException {
        file.readFully(data, offset, length);
    }

    @Override
    public int skipBytes(int count) throws IOException {
        return file.skipBytes(count);
    }

    @Override
    public boolean readBoolean() throws IOException {
        return file.readBoolean();
    }

    @Override
    public byte readByte() throws IOException {
        return file.readByte();
    }

    @Override
    public int readUnsignedByte() throws IOException {
        return file.readUnsignedByte();
    }

    @Override
    public short readShort() throws IOException {
        return file.readShort();
    }

    @Override
    public int readUnsignedShort() throws IOException {
        return file.readUnsignedShort();
    }

    @Override
    public char readChar() throws IOException {
        return file.readChar();
    }

    @Override
    public int readInt() throws IOException {
        return file.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return file.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return file.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return file.readDouble();
    }

    @Override
    public String readLine() throws IOException {
        return file.readLine();
    }

    @Override
    public String readUTF() throws IOException {
        return file.readUTF();
    }
}
