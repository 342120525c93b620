// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.Interval;
import org.coppercube.api.archive.Page;
import org.coppercube.api.archive.RollupPage;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.archive.Totals;
import org.coppercube.api.trend.TrendLogId;

/** Answers from a snapshot, which no writer disturbs. A page's start is the feed position of its first sample. */
final class Query {

    private static final int DAY = 24;

    private final Current current;
    private final Chunks chunks;
    private final Clock clock;

    Query(Current current, Chunks chunks, Clock clock) {
        this.current = current;
        this.chunks = chunks;
        this.clock = clock;
    }

    List<Holding> holdings() {
        return current.get().logs().values().stream().sorted(Comparator.comparing((LogState state) -> state.log().id()))
                .map(Query::holding).toList();
    }

    Optional<Holding> holding(TrendLogId log) {
        return Optional.ofNullable(current.get().logs().get(log)).map(Query::holding);
    }

    Totals totals() {
        Contents contents = current.get();
        Collection<LogState> states = contents.logs().values();
        long day = TimeUnit.MILLISECONDS.toHours(clock.millis()) - DAY;
        Map.Entry<Long, Long> dayBegan = contents.hours().ceilingEntry(day);
        long filled = states.stream().filter(state -> state.now().records() > state.dropped().records()).count();
        return new Totals((int) filled, states.stream().mapToLong(state -> state.now().samples()).sum(),
                dayBegan == null ? 0 : contents.end() - dayBegan.getValue(),
                states.stream().mapToLong(state -> state.now().lost()).sum());
    }

    Page samples(TrendLogId log, long from, long to, long start, int limit) {
        requireAtLeast(1, limit, "limit");
        LogState state = current.get().logs().get(log);
        if (state == null) {
            return new Page(List.of(), OptionalLong.empty());
        }
        Times times = Times.between(from, to);
        PageMaker maker = new PageMaker(times, start, limit);
        chunks.visit(state, start, times, chunk -> maker.add(chunk.read(times)));
        if (!maker.isFull()) {
            state.head().from(start, times).ifPresent(maker::add);
        }
        return maker.page();
    }

    List<Slice> extremes(TrendLogId log, long from, long to, int maxPoints) {
        requireAtLeast(2, maxPoints, "maxPoints");
        LogState state = current.get().logs().get(log);
        if (state == null || state.now().samples() == 0) {
            return List.of();
        }
        Times held = new Times(state.now().earliest(), state.now().latest());
        Times times = Times.between(from, to).and(held);
        if (times.isEmpty()) {
            return List.of();
        }
        Extremes extremes = new Extremes(times, maxPoints / 2);
        chunks.visit(state, 0, times, chunk -> {
            extremes.add(chunk);
            return true;
        });
        state.head().from(0, times).ifPresent(extremes::add);
        return extremes.slices();
    }

    RollupPage rollups(TrendLogId log, long from, long to, Interval interval, int limit) {
        requireAtLeast(1, limit, "limit");
        LogState state = current.get().logs().get(log);
        if (state == null) {
            return new RollupPage(List.of(), OptionalLong.empty());
        }
        Calendar calendar = new Calendar(interval, state.log().timeZone());
        Rollups rollups = new Rollups(Times.between(from, to), calendar, limit);
        AtomicLong seen = new AtomicLong();
        chunks.visit(state, 0, rollups.times(), chunk -> {
            rollups.add(chunk);
            seen.set(chunk.lastPosition());
            return !rollups.isFull();
        });
        if (rollups.isFull()) { // what lies later is passed over by the key alone
            chunks.visit(state, seen.get() + 1, rollups.times(), chunk -> {
                rollups.add(chunk);
                return true;
            });
        }
        state.head().from(0, rollups.times()).ifPresent(rollups::add);
        return rollups.page();
    }

    private static Holding holding(LogState state) {
        Progress now = state.now();
        return new Holding(state.log(), now.samples(), now.lost(), now.earliest(), now.latest(), now.run(),
                now.sequence());
    }

    private static void requireAtLeast(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + least + " or more");
        }
    }
}
