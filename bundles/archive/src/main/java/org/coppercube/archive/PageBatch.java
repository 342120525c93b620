// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.derby.io.StorageFactory;
import org.apache.derby.io.StorageFile;
import org.apache.derby.io.StorageRandomAccessFile;

/**
 * The file with the pages that are about to be written in place. It is worth something as long as the lock file is
 * the one of the opening that wrote it: Derby, of whatever release, writes another one when it opens a database, and
 * deletes it when it closes one.
 */
final class PageBatch {

    private static final String NAME = "pages.twice";
    private static final String LOCK = "db.lck";
    private static final int HEAD = Long.BYTES + Integer.BYTES;

    private final StorageFactory storage;
    private String opening;

    PageBatch(StorageFactory storage) {
        this.storage = storage;
    }

    /** They are on disk, in place of those before, when it returns. */
    void write(List<HeldPage> pages) throws IOException {
        if (opening == null) {
            opening = lock();
        }
        byte[] directory = directory(pages);
        CRC32C sum = new CRC32C();
        sum.update(directory);
        int length = directory.length;
        for (HeldPage page : pages) {
            sum.update(page.bytes());
            length += page.bytes().length;
        }
        StorageRandomAccessFile file = storage.newStorageFile(NAME).getRandomAccessFile("rw");
        Closeable open = file::close;
        try (open) {
            file.write(ByteBuffer.allocate(HEAD + directory.length).putLong(sum.getValue()).putInt(length)
                    .put(directory).array());
            for (HeldPage page : pages) {
                file.write(page.bytes());
            }
            file.sync();
        }
    }

    private byte[] directory(List<HeldPage> pages) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(opening);
        out.writeInt(pages.size());
        for (HeldPage page : pages) {
            out.writeUTF(page.file());
            out.writeLong(page.at());
            out.writeInt(page.bytes().length);
        }
        return bytes.toByteArray();
    }

    /** What may be in place in part: nothing, if somebody else had the database open since, or it was closed well. */
    List<HeldPage> read() throws IOException {
        StorageFile file = storage.newStorageFile(NAME);
        if (!file.exists()) {
            return List.of();
        }
        try (DataInputStream in = new DataInputStream(file.getInputStream())) {
            byte[] all = in.readAllBytes();
            ByteBuffer head = ByteBuffer.wrap(all);
            if (all.length < HEAD || head.getLong(0) != sum(all, head.getInt(Long.BYTES))) {
                return List.of(); // it was not written to its end, and so nothing was written in place
            }
            return pages(new DataInputStream(new ByteArrayInputStream(all, HEAD, all.length - HEAD)));
        }
    }

    /** @return no check sum if there are not so many bytes */
    private static long sum(byte[] all, int length) {
        if (length < 0 || length > all.length - HEAD) {
            return -1;
        }
        CRC32C sum = new CRC32C();
        sum.update(all, HEAD, length);
        return sum.getValue();
    }

    private List<HeldPage> pages(DataInputStream in) throws IOException {
        if (!isOfLastOpening(in.readUTF())) {
            return List.of();
        }
        List<HeldPage> pages = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            pages.add(new HeldPage(in.readUTF(), in.readLong(), new byte[in.readInt()]));
        }
        for (HeldPage page : pages) {
            in.readFully(page.bytes());
        }
        return pages;
    }

    private boolean isOfLastOpening(String other) throws IOException {
        try {
            return other.equals(lock());
        } catch (FileNotFoundException | EOFException | UTFDataFormatException e) {
            return false; // it was closed, or opening it did not get further than here
        }
    }

    /** To be read at the next opening, although Derby has deleted its lock file. */
    void keep() throws IOException {
        StorageRandomAccessFile file = storage.newStorageFile(LOCK).getRandomAccessFile("rw");
        Closeable open = file::close;
        try (open) {
            file.writeUTF(opening);
            file.sync();
        }
    }

    private String lock() throws IOException {
        try (DataInputStream in = new DataInputStream(storage.newStorageFile(LOCK).getInputStream())) {
            return in.readUTF();
        }
    }
}
