// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.util.Optional;

/**
 * When a log made which record, computed without memory, so that another run of the program has the same ones. Before
 * the first turn of the episode record {@code n} is made at {@code anchor + (n - 1) * interval}; each turn makes its
 * own records and is followed by samples, the first an interval after its end.
 */
final class Timeline {

    private final long anchor;
    private final long interval;
    private final Episode episode;
    private final long samplesBeforeFirstTurn;
    private final long recordsOfATurn;
    private final int notes;

    /** @param interval milliseconds */
    Timeline(long anchor, long interval, Episode episode) {
        this.anchor = anchor;
        this.interval = interval;
        this.episode = episode;
        this.notes = episode.opening().size() + episode.closing().size();
        this.samplesBeforeFirstTurn = roundUp(episode.when().first() - anchor);
        this.recordsOfATurn = episode.when().every() == 0 ? Long.MAX_VALUE
                : notes + roundUp(episode.when().every() - episode.pause()) - 1;
    }

    long interval() {
        return interval;
    }

    boolean forgets() {
        return episode.forgets();
    }

    /** Number of the last record made by then, 0 when there is none; also how many were made in all. */
    long newest(long now) {
        long turn = episode.when().count(now);
        if (turn == 0) {
            return Math.max(0, Math.floorDiv(now - anchor, interval) + 1);
        }
        long since = now - episode.when().time(turn);
        return first(turn) - 1 + (since < episode.pause() ? episode.opening().size()
                : notes + (since - episode.pause()) / interval);
    }

    /** Number of the first record that is not gone for good by then, however many a buffer holds. */
    long beginning(long now) {
        long turn = episode.when().count(now);
        return turn == 0 || !episode.empties() ? 1 : first(turn);
    }

    long timeOf(long record) {
        long turn = turn(record);
        if (turn == 0) {
            return anchor + (record - 1) * interval;
        }
        long start = episode.when().time(turn);
        long place = record - first(turn);
        if (place < episode.opening().size()) {
            return start;
        }
        return start + episode.pause() + Math.max(0, place - notes + 1) * interval;
    }

    /** What the device noted itself in this record; nothing if it is a sample. */
    Optional<Entry> note(long record, Contents contents) {
        long turn = turn(record);
        if (turn == 0 || record - first(turn) >= notes) {
            return Optional.empty();
        }
        long place = record - first(turn);
        int opening = episode.opening().size();
        return Optional.of((place < opening ? episode.opening().get((int) place)
                : episode.closing().get((int) place - opening)).entry(contents, turn));
    }

    /** Number of the first record that is made in that turn or after it. */
    private long first(long turn) {
        return samplesBeforeFirstTurn + (turn - 1) * recordsOfATurn + 1;
    }

    private long turn(long record) {
        long later = record - samplesBeforeFirstTurn - 1;
        return later < 0 ? 0 : 1 + later / Math.max(1, recordsOfATurn);
    }

    private long roundUp(long millis) {
        return -Math.floorDiv(-millis, interval);
    }
}
