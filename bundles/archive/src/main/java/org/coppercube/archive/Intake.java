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
    private final DiskGuard disk;
    private final Places places;

    Intake(Writer writer, Current current, Journal journal, Clock clock, DiskGuard disk, Places places) {
        this.writer = writer;
        this.current = current;
        this.journal = journal;
        this.clock = clock;
        this.disk = disk;
        this.places = places;
    }

    int append(List<Batch> batches) {
        disk.requireRoom();
        int added = writer.write("store samples", (to, before) -> append(to, before, batches));
        clearJournalIfLarge();
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
                    LogState state = new LogState(newest, log, null, Dropped.NONE, Progress.NONE, Progress.NONE,
                            Head.NONE);
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
                places.require(logs.stream().map(before::require).toList(), before.logs());
            }
            for (TrendLogId log : logs) {
                LogState state = before.require(log).chosen(archived);
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
            Bookmarks bookmarks = before.bookmarks().moved(reader, position);
            BookmarkTable.put(to, bookmarks, reader);
            return before.withBookmarks(bookmarks);
        });
    }

    void forget(String reader) {
        writer.write("forget a bookmark", (to, before) -> {
            BookmarkTable.delete(to, reader);
            return before.withBookmarks(before.bookmarks().without(reader));
        });
    }

    void acknowledge(String reader) {
        writer.write("store what was acknowledged", (to, before) -> {
            if (!before.bookmarks().missed().containsKey(reader)) {
                return before;
            }
            Bookmarks bookmarks = before.bookmarks().acknowledged(reader);
            BookmarkTable.put(to, bookmarks, reader);
            return before.withBookmarks(bookmarks);
        });
    }

    private Contents append(Connection to, Contents before, List<Batch> batches) throws SQLException {
        Map<TrendLogId, Growth> growths = new LinkedHashMap<>();
        long end = before.end();
        for (Batch batch : batches) {
            if (places.leaveOut(before.require(batch.log()), before.logs())) {
                continue;
            }
            Growth growth = growths.computeIfAbsent(batch.log(),
                    log -> new Growth(before.require(log), before.journalId() + 1));
            end += growth.add(batch, end + 1);
        }
        if (end == before.end()) {
            return before;
        }
        ByteWriter frames = new ByteWriter();
        List<LogState> changed = new ArrayList<>();
        for (Growth growth : growths.values()) {
            LogState state = growth.state();
            for (Block block : growth.fresh()) {
                Journal.frame(state.id(), block, frames);
            }
            if (!growth.chunks().isEmpty()) {
                state = state.chained(ChunkTable.insert(to, state, growth.chunks()));
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
    private void clearJournalIfLarge() {
        try {
            if (journal.isToClear(current.get())) {
                writer.write("clear its journal", (to, before) ->
                        journal.isToClear(before) ? journal.clear(to, before) : before);
            }
        } catch (ArchiveException e) {
            LOG.debug("The journal is cleared after a later append", e);
        }
    }
}
