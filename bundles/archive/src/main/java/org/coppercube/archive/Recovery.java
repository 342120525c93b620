// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.zip.DataFormatException;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;

/** Makes the picture in memory anew from the tables: at the start, and when a commit ended in doubt. */
final class Recovery implements Journal.Reader {

    private final ArchiveHealth health;
    private final Map<Integer, LogState> logs = new HashMap<>();
    private final Map<Integer, List<Found>> heads = new HashMap<>();
    private final Map<Integer, List<Block>> damaged = new HashMap<>();
    private boolean isDamaged;

    /** A block, and in which row of the journal it is. */
    private record Found(long row, Block block) {
    }

    /** Of blocks that begin alike the longest first: the others were written anew with what followed. */
    private static final Comparator<Found> ORDER = Comparator.comparingLong((Found found) -> found.block.first())
            .thenComparing(found -> found.block.last(), Comparator.reverseOrder());

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
        Contents empty = Contents.empty(hours, bookmarks);
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
    public void block(long row, int log, Block block) {
        LogState state = logs.get(log);
        if (state == null) {
            health.damaged("The journal has samples of log number " + log + ", which is not known");
        } else if (block.last() > state.sealed().position()) {
            heads.computeIfAbsent(log, any -> new ArrayList<>()).add(new Found(row, block));
        }
    }

    @Override
    public void damage(long row, int log, Block block) {
        damaged.computeIfAbsent(log, any -> new ArrayList<>()).add(block);
        damage(row);
    }

    @Override
    public void damage(long row) {
        isDamaged = true;
        health.damaged("Row " + row + " of the journal is damaged (what was the last of its log is read from the device"
                + " again)");
    }

    /** One log after the other, because all heads decoded at once may be more than the memory holds. */
    private LogState withHead(LogState state, List<Found> blocks) {
        blocks.sort(ORDER);
        List<Head.Part> parts = new ArrayList<>();
        Progress before = state.sealed();
        long row = Long.MAX_VALUE;
        for (Found found : blocks) {
            Optional<Stretch> opened = found.block.last() > before.position() ? open(state, found.block)
                    : Optional.empty(); // written anew since
            if (opened.isPresent()) {
                Optional<Stretch> lost = lost(state, before, opened.get());
                if (lost.isPresent()) {
                    parts.add(Head.Part.of(Block.packed(lost.get()), lost.get()));
                    before = before.after(lost.get());
                }
                parts.add(Head.Part.of(found.block, opened.get()));
                before = before.after(opened.get());
                row = Math.min(row, found.row);
            }
        }
        return parts.isEmpty() ? state : state.with(Head.of(row, parts), before);
    }

    private Optional<Stretch> open(LogState state, Block block) {
        try {
            return Optional.of(block.open());
        } catch (DataFormatException e) {
            isDamaged = true;
            damaged.computeIfAbsent(state.id(), any -> new ArrayList<>()).add(block);
            health.damaged("The journal's " + block.count() + " samples of " + state.log().id() + " from position "
                    + block.first() + " on are unreadable: " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * If there is damage, a gap for the numbers that are missing before these samples, at a position that one of them
     * had. Whatever row is damaged may have held them, for what is needed is written anew from time to time.
     */
    private Optional<Stretch> lost(LogState state, Progress before, Stretch next) {
        List<Block> between = damaged.getOrDefault(state.id(), List.of()).stream().filter(block ->
                block.run() == next.run() && block.last() > before.position() && block.last() < next.first()).toList();
        Sample first = next.samples().get(0);
        long missing = next.run() == before.run() ? before.sequence() + 1 // else it began in what is damaged
                : between.isEmpty() ? first.sequence() : before.run() > 0 ? 1
                : Math.max(1, first.sequence() - between.stream().mapToInt(Block::count).sum());
        if (!isDamaged || first.sequence() <= missing || next.first() == before.position() + 1) {
            return Optional.empty();
        }
        long position = between.isEmpty() ? next.first() - 1 : between.get(between.size() - 1).last();
        Reading.Gap gap = new Reading.Gap(first.sequence() - missing, Reading.Gap.Cause.ARCHIVE_DAMAGED);
        health.damaged("Records " + missing + " to " + (first.sequence() - 1) + " of " + state.log().id()
                + " were in a damaged part of the journal and are a gap now");
        return Optional.of(new Stretch(next.run(), position, List.of(new Sample(missing, first.time(), first.offset(),
                Sample.TimeSource.NEXT, 0, gap))));
    }

    private static void pairs(Connection connection, String query, BiConsumer<String, Long> each) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query); ResultSet row = select.executeQuery()) {
            while (row.next()) {
                each.accept(row.getString(1), row.getLong(2));
            }
        }
    }
}
