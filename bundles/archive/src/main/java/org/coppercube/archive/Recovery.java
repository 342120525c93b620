// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.zip.DataFormatException;
import org.coppercube.api.trend.TrendLogId;

/** Makes the picture in memory anew from the tables: at the start, and when a commit ended in doubt. */
final class Recovery implements Journal.Reader {

    private final ArchiveHealth health;
    private final Map<Integer, LogState> logs = new HashMap<>();
    private final Map<Integer, List<Block>> heads = new HashMap<>();

    private Recovery(ArchiveHealth health) {
        this.health = health;
    }

    static Contents read(Connection connection, ArchiveHealth health) throws SQLException {
        return new Recovery(health).read(connection);
    }

    private Contents read(Connection connection) throws SQLException {
        // What a dying connection has not taken back yet is not stored
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        TreeMap<Long, Long> hours = new TreeMap<>();
        Bookmarks bookmarks = BookmarkTable.load(connection);
        pairs(connection, "SELECT since_hour, position_before FROM arrival",
                (row, position) -> hours.put(Long.valueOf(row), position));
        LogTable.load(connection).forEach(state -> logs.put(state.id(), state));
        Contents empty = new Contents(Map.of(), 0, hours, bookmarks, 0, 0);
        Contents contents = Journal.read(connection, empty, this);
        heads.forEach((log, blocks) -> logs.computeIfPresent(log, (id, state) -> withHead(state, blocks)));
        Map<TrendLogId, LogState> byId = new HashMap<>();
        // a position told to a reader is never given out again, even if damage took what lay there
        long end = bookmarks.positions().values().stream().mapToLong(Long::longValue).max().orElse(0);
        for (LogState state : logs.values()) {
            byId.put(state.log().id(), state);
            end = Math.max(end, state.now().position());
        }
        return contents.with(byId.values()).endingAt(end);
    }

    @Override
    public void block(int log, Block block) {
        LogState state = logs.get(log);
        if (state == null) {
            health.damaged("The journal has samples of log number " + log + ", which is not known");
        } else if (block.last() > state.sealed().position()) {
            heads.computeIfAbsent(log, any -> new ArrayList<>()).add(block);
        }
    }

    @Override
    public void damage(long row) {
        health.damaged("Row " + row + " of the journal is damaged (what was the last of its log is read from the device"
                + " again)");
    }

    /** One log after the other, because all heads decoded at once may be more than the memory holds. */
    private LogState withHead(LogState state, List<Block> blocks) {
        List<Stretch> readable = new ArrayList<>();
        for (Block block : blocks) {
            try {
                readable.add(block.open());
            } catch (DataFormatException e) {
                health.damaged("The journal's " + block.count() + " samples of " + state.log().id()
                        + " from position " + block.first() + " on are unreadable: " + e.getMessage());
            }
        }
        if (readable.isEmpty()) {
            return state;
        }
        Stretch head = Stretch.join(readable);
        return state.with(Block.of(head), head);
    }

    private static void pairs(Connection connection, String query, BiConsumer<String, Long> each) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query); ResultSet row = select.executeQuery()) {
            while (row.next()) {
                each.accept(row.getString(1), row.getLong(2));
            }
        }
    }
}
