// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.Loss;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;

/** What an archive is to the one who uses it, in the simplest way: a list. */
final class Model {

    /** One sample where it arrived; its position is its place in the list, counted from 1. */
    record Arrival(TrendLogId log, int run, Sample sample) {
    }

    private final List<Arrival> all = new ArrayList<>();
    private final Map<TrendLogId, List<Arrival>> byLog = new HashMap<>();

    List<Arrival> all() {
        return all;
    }

    List<Arrival> of(TrendLogId log) {
        return byLog.computeIfAbsent(log, any -> new ArrayList<>());
    }

    /** @return how many were new */
    int append(List<Batch> batches) {
        int before = all.size();
        for (Batch batch : batches) {
            for (Sample sample : batch.samples()) {
                ResumePoint resume = resumePoint(batch.log()).orElse(new ResumePoint(0, 0, Optional.empty()));
                long next = batch.run() > resume.run() ? 0 : resume.sequence() + 1;
                if (batch.run() >= resume.run() && sample.lastSequence() >= next) {
                    Arrival arrival = new Arrival(batch.log(), batch.run(), from(next, sample));
                    all.add(arrival);
                    of(batch.log()).add(arrival);
                }
            }
        }
        return all.size() - before;
    }

    Optional<ResumePoint> resumePoint(TrendLogId log) {
        List<Arrival> held = of(log);
        if (held.isEmpty()) {
            return Optional.empty();
        }
        Arrival newest = held.get(held.size() - 1);
        int at = held.size() - 1;
        while (at >= 0 && held.get(at).run() == newest.run() && isGap(held.get(at))) {
            at--;
        }
        boolean found = at >= 0 && held.get(at).run() == newest.run();
        return Optional.of(new ResumePoint(newest.run(), newest.sample().lastSequence(),
                found ? Optional.of(held.get(at).sample()) : Optional.empty()));
    }

    Holding holding(TrendLog description) {
        TrendLogId log = description.id();
        List<Arrival> held = of(log);
        List<Sample> samples = held.stream().filter(arrival -> !isGap(arrival)).map(Arrival::sample).toList();
        long lost = held.stream().map(arrival -> arrival.sample().reading()).filter(Reading.Gap.class::isInstance)
                .mapToLong(gap -> ((Reading.Gap) gap).count()).sum();
        ResumePoint resume = resumePoint(log).orElse(new ResumePoint(0, 0, Optional.empty()));
        return new Holding(description, samples.size(), lost,
                samples.stream().mapToLong(Sample::time).min().orElse(0),
                samples.stream().mapToLong(Sample::time).max().orElse(0), resume.run(), resume.sequence());
    }

    List<Loss> losses(LocalDate from, LocalDate to) {
        Map<TrendLogId, Map<LocalDate, Map<Cause, Long>>> sums = new TreeMap<>();
        for (Arrival arrival : all) {
            Sample sample = arrival.sample();
            LocalDate day = sample.instant().plus(sample.offset(), ChronoUnit.MINUTES).atZone(ZoneOffset.UTC)
                    .toLocalDate();
            if (sample.reading() instanceof Reading.Gap gap && !day.isBefore(from) && day.isBefore(to)) {
                sums.computeIfAbsent(arrival.log(), any -> new TreeMap<>())
                        .computeIfAbsent(day, any -> new TreeMap<>()).merge(gap.cause(), gap.count(), Long::sum);
            }
        }
        List<Loss> losses = new ArrayList<>();
        sums.forEach((log, days) -> days.forEach((day, causes) -> causes.forEach(
                (cause, records) -> losses.add(new Loss(log, day, cause, records)))));
        return losses;
    }

    /** A gap may begin before what is missing. */
    private static Sample from(long next, Sample sample) {
        return sample.sequence() >= next ? sample : new Sample(next, sample.time(), sample.offset(), new Reading.Gap(
                sample.lastSequence() - next + 1, ((Reading.Gap) sample.reading()).cause()));
    }

    private static boolean isGap(Arrival arrival) {
        return arrival.sample().reading() instanceof Reading.Gap;
    }
}
