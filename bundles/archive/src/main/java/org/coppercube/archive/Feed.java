// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.archive.Stretch.Piece;

/**
 * The samples of all logs in the order of arrival. Chunks lie log by log, so a part of the feed is in a chunk of every
 * log; to open these once and not for each page, a whole window of positions is put together and kept for the pages
 * that follow.
 */
final class Feed {

    /** Positions in a window. */
    private static final int WINDOW = 32_768;
    /** What its samples may take: enough for that many numbers. Of long texts it has fewer. */
    private static final int MOST_BYTES = 3 << 20;
    private static final int WINDOWS_KEPT = 2;

    private static final int ARRIVAL_BYTES = 80;
    /** A gap that damage left may share its position, and then it must not come first: a page may end with it. */
    private static final Comparator<Arrival> ORDER = Comparator.comparingLong(Arrival::first)
            .thenComparing(arrival -> arrival.samples.get(0).reading() instanceof Reading.Gap);

    /** Samples that arrived together. */
    private record Arrival(TrendLogId log, int run, long first, List<Sample> samples, int bytes) {
        static Arrival of(TrendLogId log, int run, long first, List<Sample> part) {
            List<Sample> samples = List.copyOf(part); // not a view: it keeps the chunk
            return new Arrival(log, run, first, samples, ARRIVAL_BYTES + Footprint.of(samples));
        }

        /** Without what lies after a position. */
        Arrival upTo(long last) {
            return first + samples.size() - 1 <= last ? this
                    : of(log, run, first, samples.subList(0, (int) (last + 1 - first)));
        }
    }

    /** All arrivals after one position and up to another, which comes nearer when they would take too much. */
    private static final class Window {

        private final long from;
        private long to;
        private long bytes;
        private List<Arrival> arrivals = new ArrayList<>();

        Window(long from, long to) {
            this.from = from;
            this.to = to;
        }

        boolean isOf(long position) {
            return from <= position && position < to;
        }

        void add(LogState log, Stretch stretch) {
            int index = 0;
            for (Piece piece : stretch.pieces()) {
                int begin = index + (int) Math.min(piece.count(), Math.max(0, from + 1 - piece.first()));
                int end = index + (int) Math.max(0, Math.min(piece.count(), to + 1 - piece.first()));
                if (begin < end) {
                    Arrival arrival = Arrival.of(log.log().id(), stretch.run(), piece.first() + begin - index,
                            stretch.samples().subList(begin, end));
                    arrivals.add(arrival);
                    bytes += arrival.bytes;
                }
                index += piece.count();
            }
            while (bytes > MOST_BYTES && to > from + 1) {
                to = from + (to - from) / 2;
                arrivals = arrivals.stream().filter(arrival -> arrival.first <= to)
                        .map(arrival -> arrival.upTo(to)).collect(Collectors.toCollection(ArrayList::new));
                bytes = arrivals.stream().mapToLong(Arrival::bytes).sum();
            }
        }
    }

    private final Current current;
    private final Chunks chunks;
    private final Deque<Window> windows = new ArrayDeque<>();

    Feed(Current current, Chunks chunks) {
        this.current = current;
        this.chunks = chunks;
    }

    List<Entry> read(long position, int limit) {
        List<Entry> entries = new ArrayList<>();
        long at = position;
        int room = limit;
        while (room > 0 && at < current.get().end()) {
            Window window = window(at);
            Map<TrendLogId, LogState> logs = current.get().logs();
            for (Arrival arrival : window.arrivals) {
                LogState log = logs.get(arrival.log);
                int size = arrival.samples.size();
                long after = Math.max(at, log.dropped().position()); // the window may have been made before
                int begin = (int) Math.min(size, Math.max(0, after + 1 - arrival.first));
                int end = Math.min(size, begin + room);
                if (begin < end) {
                    entries.add(new Entry(arrival.first + end - 1, log.log(), arrival.run,
                            arrival.samples.subList(begin, end)));
                    room -= end - begin;
                }
            }
            at = window.to;
        }
        return entries;
    }

    /** Waits for something to read: where damage took the newest samples, their positions are empty. */
    boolean await(long position, Duration atMost) throws InterruptedException {
        long start = System.nanoTime();
        long seen = current.get().end();
        while (read(position, 1).isEmpty()) {
            if (!current.await(seen, atMost.minusNanos(System.nanoTime() - start))) {
                return false;
            }
            seen = current.get().end();
        }
        return true;
    }

    private Window window(long position) {
        synchronized (windows) {
            for (Window known : windows) {
                if (known.isOf(position)) {
                    return known;
                }
            }
        }
        Window made = make(position);
        synchronized (windows) {
            windows.addFirst(made);
            if (windows.size() > WINDOWS_KEPT) {
                windows.removeLast();
            }
        }
        return made;
    }

    private Window make(long from) {
        Contents contents = current.get();
        Window window = new Window(from, Math.min(from + WINDOW, contents.end()));
        List<LogState> sealed = contents.logs().values().stream()
                .filter(log -> log.sealed().position() > from && log.dropped().position() < window.to).toList();
        if (!sealed.isEmpty()) {
            chunks.read(table -> {
                for (LogState log : sealed) {
                    addChunks(table, log, window);
                }
            });
        }
        for (LogState log : contents.logs().values()) {
            if (log.now().position() > from && !log.head().isEmpty() && log.head().first() <= window.to) {
                log.head().from(from + 1, Times.ALL).ifPresent(head -> window.add(log, head));
            }
        }
        window.arrivals.sort(ORDER);
        return window.arrivals.isEmpty() ? new Window(from, beforeNext(contents, window.to)) : window;
    }

    /** Where retention has dropped everything, nobody shall look into window after window. */
    private long beforeNext(Contents contents, long position) {
        long[] next = {contents.end()};
        chunks.read(table -> {
            for (LogState log : contents.logs().values()) {
                if (log.dropped().position() > position) {
                    next[0] = Math.min(next[0], log.dropped().position());
                } else {
                    table.visit(log, position + 1, Times.ALL, chunk -> {
                        next[0] = Math.min(next[0], Math.max(position, chunk.firstPosition() - 1));
                        return false;
                    });
                }
                if (!log.head().isEmpty()) {
                    next[0] = Math.min(next[0], Math.max(position, log.head().first() - 1));
                }
            }
        });
        return next[0];
    }

    private static void addChunks(ChunkTable table, LogState log, Window window) throws SQLException {
        table.visit(log, window.from + 1, Times.ALL, chunk -> {
            if (chunk.firstPosition() > window.to) {
                return false;
            }
            window.add(log, chunk.read(Times.ALL));
            return true;
        });
    }
}
