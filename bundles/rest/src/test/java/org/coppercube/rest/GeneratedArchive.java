// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.Interval;
import org.coppercube.api.archive.Loss;
import org.coppercube.api.archive.Page;
import org.coppercube.api.archive.Rollup;
import org.coppercube.api.archive.RollupPage;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.archive.Totals;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;

/** An archive that makes its samples up when asked, so that it can have any number of them. */
final class GeneratedArchive implements ArchiveQuery {

    /** A sample and the run it belongs to. */
    record Numbered(int run, Sample sample) {
    }

    private record Series(Holding holding, LongFunction<Numbered> samples) {
    }

    private final Map<TrendLogId, Series> series = new TreeMap<>();
    final List<Loss> losses = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    volatile long failAfter = Long.MAX_VALUE;
    volatile int largestPage;

    GeneratedArchive add(TrendLog log, long count, LongFunction<Numbered> samples) {
        Holding holding = count == 0 ? new Holding(log, 0, 0, 0, 0, 0, 0)
                : new Holding(log, count, 7, samples.apply(0).sample().time(), samples.apply(count - 1).sample().time(),
                        samples.apply(count - 1).run(), samples.apply(count - 1).sample().sequence());
        series.put(log.id(), new Series(holding, samples));
        return this;
    }

    @Override
    public List<Holding> holdings() {
        failIfPast(0);
        return series.values().stream().map(Series::holding).toList();
    }

    @Override
    public Optional<Holding> holding(TrendLogId log) {
        failIfPast(0);
        return Optional.ofNullable(series.get(log)).map(Series::holding);
    }

    @Override
    public Totals totals() {
        failIfPast(0);
        return new Totals(series.size(), 1_000, 100, 10);
    }

    @Override
    public List<Loss> losses(LocalDate from, LocalDate to) {
        failIfPast(0);
        return losses.stream().filter(loss -> !loss.day().isBefore(from) && loss.day().isBefore(to)).toList();
    }

    @Override
    public Page samples(TrendLogId log, long from, long to, long start, int limit) {
        largestPage = Math.max(largestPage, limit);
        List<Slice> slices = new ArrayList<>();
        Series asked = series.get(log);
        long count = asked == null ? 0 : asked.holding().samples();
        long place = start;
        for (int taken = 0; place < count && taken < limit && place < start + 5_000; place++) {
            failIfPast(place);
            Numbered numbered = asked.samples().apply(place);
            if (numbered.sample().time() >= from && numbered.sample().time() < to) {
                add(slices, numbered);
                taken++;
            }
        }
        return new Page(slices, place < count ? OptionalLong.of(place) : OptionalLong.empty());
    }

    @Override
    public List<Slice> extremes(TrendLogId log, long from, long to, int maxPoints) {
        return samples(log, from, to, 0, maxPoints).slices();
    }

    /** A row for each sample: its interval is a second long. */
    @Override
    public RollupPage rollups(TrendLogId log, long from, long to, Interval interval, int limit) {
        asked.add(interval.toString());
        Page page = samples(log, from, to, 0, limit + 1);
        List<Rollup> rows = page.slices().stream().flatMap(slice -> slice.samples().stream()).map(sample -> {
            double value = ((Reading.Numeric) sample.reading()).magnitude();
            return new Rollup(sample.time(), sample.time() + 100, 4, value, (float) (value + 0.5), Double.MAX_VALUE * value,
                    value + 0.1);
        }).toList();
        return rows.size() <= limit ? new RollupPage(rows, OptionalLong.empty())
                : new RollupPage(rows.subList(0, limit), OptionalLong.of(rows.get(limit).start()));
    }

    private static void add(List<Slice> slices, Numbered numbered) {
        if (slices.isEmpty() || slices.get(slices.size() - 1).run() != numbered.run()) {
            slices.add(new Slice(numbered.run(), new ArrayList<>()));
        }
        slices.get(slices.size() - 1).samples().add(numbered.sample());
    }

    private void failIfPast(long place) {
        if (place >= failAfter) {
            throw new ArchiveException("The disk is full", null);
        }
    }
}
