// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Table journal: what is in no chunk yet. A row is what one append brought, as frames one after the other: number of
 * the log, run, first and last feed position, count and codec of a {@link Block}, its data, and its check sum.
 */
final class Journal {

    /** All may take so much, and half as much again as what is needed of it, before its oldest rows are cleared. */
    static final long MOST_BYTES = 8L << 20;

    /** So many parts of it are cleared one after the other, so that nobody waits long. */
    private static final int PARTS = 8;
    private static final int ROW_BYTES = 1 << 18;
    /** What a frame takes besides the data of its block, about. */
    private static final int FRAME_BYTES = 20;

    private final long mostBytes;

    Journal(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Called with each block of the journal, oldest first. */
    interface Reader {
        void block(long row, int log, Block block);

        /** A frame of this row is damaged. What it says it is, is probably true: its data take most of it. */
        void damage(long row, int log, Block block);

        /** What comes now in this row cannot be told apart. */
        void damage(long row);
    }

    /** Writes one row. @return contents with the journal's new size */
    static Contents append(Connection connection, Contents contents, ByteWriter frames) throws SQLException {
        if (frames.size() == 0) {
            return contents;
        }
        long id = contents.journalId() + 1;
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO journal VALUES (?, ?)")) {
            insert.setLong(1, id);
            insert.setBytes(2, frames.toByteArray());
            insert.executeUpdate();
        }
        return contents.withJournal(id, contents.journalBytes() + frames.size());
    }

    static void frame(int log, Block block, ByteWriter out) {
        out.varint(log);
        out.varint(block.run());
        out.varint(block.first());
        out.varint(block.last() - block.first());
        out.varint(block.count());
        out.octet(block.codec());
        out.counted(block.data());
        out.int32(block.crc(log));
    }

    /** Whether it is time: when enough can go, however much the open heads need. */
    boolean isToClear(Contents contents) {
        return contents.journalBytes() > mostBytes && 2 * contents.journalBytes() > 3 * contents.neededBytes();
    }

    /** Deletes some of the oldest rows, and before that writes to new ones all heads that began in these. */
    Contents clear(Connection connection, Contents contents) throws SQLException {
        Oldest oldest = oldest(connection, contents);
        Contents next = contents.withJournal(contents.journalId(), contents.journalBytes() - oldest.bytes);
        ByteWriter frames = new ByteWriter();
        List<LogState> moved = new ArrayList<>();
        for (LogState log : contents.logs().values()) {
            if (!log.head().isEmpty() && log.head().row() <= oldest.last) {
                Head head = log.head().tightened(next.journalId() + 1);
                moved.add(log.with(head, log.now()));
                for (Head.Part part : head.parts()) {
                    frame(log.id(), part.block(), frames);
                }
                if (frames.size() > ROW_BYTES) {
                    next = append(connection, next, frames);
                    frames = new ByteWriter();
                }
            }
        }
        next = append(connection, next, frames);
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM journal WHERE id <= ?")) {
            delete.setLong(1, oldest.last);
            delete.executeUpdate();
        }
        return next.with(moved);
    }

    /**
     * Some of the oldest rows.
     *
     * @param last number of the newest of them
     * @param bytes what they take
     */
    private record Oldest(long last, long bytes) {
    }

    private static Oldest oldest(Connection connection, Contents contents) throws SQLException {
        Oldest found = new Oldest(0, 0);
        try (PreparedStatement select = connection.prepareStatement("SELECT id, LENGTH(data) FROM journal ORDER BY id");
                ResultSet row = select.executeQuery()) {
            while (PARTS * found.bytes < contents.journalBytes() && row.next()) {
                found = new Oldest(row.getLong(1), found.bytes + row.getLong(2));
            }
        }
        return found;
    }

    /** @return contents with the journal's size */
    static Contents read(Connection connection, Contents contents, Reader reader) throws SQLException {
        Contents found = contents;
        try (PreparedStatement select = connection.prepareStatement("SELECT id, data FROM journal ORDER BY id");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                byte[] frames = row.getBytes(2);
                found = found.withJournal(row.getLong(1), found.journalBytes() + frames.length);
                readFrames(row.getLong(1), frames, reader);
            }
        }
        return found;
    }

    private static void readFrames(long row, byte[] frames, Reader reader) {
        ByteReader in = new ByteReader(frames);
        try {
            while (!in.atEnd()) {
                int log = in.count(Integer.MAX_VALUE);
                int run = in.count(Integer.MAX_VALUE);
                long first = in.varint();
                long last = first + in.varint();
                Block block = new Block(run, first, last, in.count(Growth.SEALED_SAMPLES), in.octet(), in.counted());
                if (in.int32() == block.crc(log)) {
                    reader.block(row, log, block);
                } else {
                    reader.damage(row, log, block);
                }
            }
        } catch (IndexOutOfBoundsException e) {
            reader.damage(row);
        }
    }

    /** What the head of a log must take in it, about. */
    static long bytes(LogState log) {
        return log.head().bytesTightened() + (long) FRAME_BYTES * log.head().parts().size();
    }
}
