// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.Interval;
import org.coppercube.api.archive.Loss;
import org.coppercube.api.archive.Page;
import org.coppercube.api.archive.RollupPage;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.archive.Totals;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;

/** An archive in figures only. */
final class DemoArchive implements ArchiveQuery {

    private final List<Holding> holdings = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();

    static TrendLog log(String id, Duration interval) {
        return new TrendLog(TrendLogId.parse(id), "Zone", "AHU", "TL", null, "", ZoneId.of("UTC"), interval, 500);
    }

    DemoArchive held(String log, long samples) {
        holdings.add(new Holding(log(log, Duration.ofMinutes(15)), samples, 0, 0, 0, 1, samples));
        return this;
    }

    DemoArchive lost(String log, String day, Cause cause, long records) {
        losses.add(new Loss(TrendLogId.parse(log), LocalDate.parse(day), cause, records));
        return this;
    }

    @Override
    public List<Holding> holdings() {
        return holdings;
    }

    @Override
    public List<Loss> losses(LocalDate from, LocalDate to) {
        return losses.stream().filter(loss -> !loss.day().isBefore(from) && loss.day().isBefore(to)).toList();
    }

    @Override
    public Optional<Holding> holding(TrendLogId log) {
        throw new UnsupportedOperationException("nobody asks for one");
    }

    @Override
    public Totals totals() {
        throw new UnsupportedOperationException("nobody asks for these");
    }

    @Override
    public Page samples(TrendLogId log, long from, long to, long start, int limit) {
        throw new UnsupportedOperationException("there are none");
    }

    @Override
    public List<Slice> extremes(TrendLogId log, long from, long to, int maxPoints) {
        throw new UnsupportedOperationException("there are none");
    }

    @Override
    public RollupPage rollups(TrendLogId log, long from, long to, Interval interval, int limit) {
        throw new UnsupportedOperationException("there are none");
    }
}
