// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be written: samples, what is known of logs, choices, bookmarks. */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final int HOURS_KEPT = 25;

    private final Writer writer;
    private final Current current;
    private final Journal journal;
    private final Clock clock;
    private final Places places;

    Intake(Writer writer, Current current, Journal journal, Clock clock, Places places) {
        this.writer = writer;
        this.current = current;
        this.journal = journal;
        this.clock = clock;
        this.places = places;
    }

    int append(List<Batch> batches) {
        int added = writer.write("store samples", (to, before) -> append(to, before, batches));
        rewriteJournalIfLarge();
        return added;
    }

    void describe(Collection<TrendLog> descriptions) {
        writer.write("store descriptions of logs", (to, before) -> {
            Map<TrendLogId, LogState> changed = new LinkedHashMap<>();
            int newest = before.logs().values().stream().mapToInt(LogState::id).max().orElse(0);
            for (TrendLog log : descriptions) {
                LogState known = changed.getOrDefault(log.id(), before.logs().get(log.id()));
                if (known == null) {
                    newest++;
                    LogState state = new LogState(newest, log, null, Progress.NONE, Progress.NONE, List.of());
                    LogTable.insert(to, state);
                    changed.put(log.id(), state);
                } else if (!known.log().equals(log)) {
                    LogTable.updateDescription(to, known.describedAs(log));
                    changed.put(log.id(), known.describedAs(log));
                }
            }
            return changed.isEmpty() ? before : tell(before, before.with(changed.values()));
        });
    }

    void choose(Collection<TrendLogId> logs, boolean archived) {
        writer.write("store which logs to archive", (to, before) -> {
            List<LogState> changed = new ArrayList<>();
            if (archived) {
                places.require(logs.stream().map(log -> require(before, log)).toList(), before.logs());
            }
            for (TrendLogId log : logs) {
                LogState state = require(before, log).chosen(archived);
                LogTable.updateChosen(to, state);
                changed.add(state);
            }
            return tell(before, before.with(changed));
        });
    }

    /** Says it once, when it begins and when it ends. */
    private Contents tell(Contents before, Contents after) {
        boolean was = places.health(before.logs()).isPresent();
        Optional<Health> now = places.health(after.logs());
        if (now.isPresent() && !was) {
            LOG.warn("{}", now.get().detail());
        } else if (now.isEmpty() && was) {
            LOG.info("There is a place in the archive for every trend log again");
        }
        return after;
    }

    void moveBookmark(String reader, long position) {
        writer.write("store a bookmark", (to, before) -> {
            if (position < 0 || position > before.end()) {
                throw new IllegalArgumentException("Bookmark of " + reader + " is " + position
                        + "; it must be 0 to " + before.end() + ", the newest position");
            }
            String sql = before.bookmarks().containsKey(reader)
                    ? "UPDATE bookmark SET position_taken = ? WHERE reader = ?"
                    : "INSERT INTO bookmark (position_taken, reader) VALUES (?, ?)";
            try (PreparedStatement put = to.prepareStatement(sql)) {
                put.setLong(1, position);
                put.setString(2, reader);
                put.executeUpdate();
            }
            return before.withBookmark(reader, position);
        });
    }

    private Contents append(Connection to, Contents before, List<Batch> batches) throws SQLException {
        Map<TrendLogId, Growth> growths = new LinkedHashMap<>();
        long end = before.end();
        for (Batch batch : batches) {
            if (places.leaveOut(require(before, batch.log()), before.logs())) {
                continue;
            }
            Growth growth = growths.computeIfAbsent(batch.log(), log -> new Growth(require(before, log)));
            end += growth.add(batch, end + 1);
        }
        if (end == before.end()) {
            return before;
        }
        ByteWriter frames = new ByteWriter();
        List<LogState> changed = new ArrayList<>();
        for (Growth growth : growths.values()) {
            LogState state = growth.state();
            growth.fresh().forEach(block -> Journal.frame(state.id(), block, frames));
            if (!growth.chunks().isEmpty()) {
                ChunkTable.insert(to, state.id(), growth.chunks());
                LogTable.updateSealed(to, state);
            }
            LossTable.add(to, state.id(), growth.losses());
            changed.add(state);
        }
        Contents next = Journal.append(to, before.with(changed), frames);
        return noteHour(to, next).endingAt(end);
    }

    /** Notes where the feed was when this hour began, for the number of samples of the last day. */
    private Contents noteHour(Connection to, Contents before) throws SQLException {
        long hour = clock.millis() / HOUR;
        if (!before.hours().isEmpty() && hour == before.hours().lastKey()) {
            return before;
        }
        TreeMap<Long, Long> hours = new TreeMap<>(before.hours().subMap(hour - HOURS_KEPT, true, hour, true));
        hours.putIfAbsent(hour, before.end());
        try (PreparedStatement delete =
                    to.prepareStatement("DELETE FROM arrival WHERE since_hour < ? OR since_hour >= ?");
                PreparedStatement insert = to.prepareStatement("INSERT INTO arrival VALUES (?, ?)")) {
            delete.setLong(1, hour - HOURS_KEPT);
            delete.setLong(2, hour); // also hours to come, from a clock that was wrong
            delete.executeUpdate();
            insert.setLong(1, hour);
            insert.setLong(2, hours.get(hour));
            insert.executeUpdate();
        }
        return before.withHours(hours);
    }

    /** Throws nothing: the samples are stored, and the journal can wait. */
    private void rewriteJournalIfLarge() {
        try {
            if (journal.isToRewrite(current.get())) {
                writer.write("write its journal anew", (to, before) ->
                        journal.isToRewrite(before) ? journal.rewrite(to, before) : before);
            }
        } catch (ArchiveException e) {
            LOG.debug("The journal is written anew after a later append", e);
        }
    }

    private static LogState require(Contents contents, TrendLogId log) {
        LogState state = contents.logs().get(log);
        if (state == null) {
            throw new IllegalArgumentException(log + " was never described to the archive");
        }
        return state;
    }
}
