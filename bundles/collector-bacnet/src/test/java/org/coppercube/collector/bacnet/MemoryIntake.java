// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.ArchiveIntake;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;

/** An archive that forgets at the end of the test. */
final class MemoryIntake implements ArchiveIntake {
    private final Map<TrendLogId, TrendLog> logs = new ConcurrentHashMap<>();
    private final Map<TrendLogId, Boolean> choices = new ConcurrentHashMap<>();
    private final Map<TrendLogId, SortedMap<Integer, List<Sample>>> samples = new ConcurrentHashMap<>();
    private volatile boolean full;
    private volatile Consumer<TrendLogId> afterChosen = log -> { };
    private volatile int commits;

    void fill(boolean full) {
        this.full = full;
    }

    /** Done whenever somebody has been told what was chosen. */
    void afterChosen(Consumer<TrendLogId> what) {
        afterChosen = what;
    }

    /** Begins anew. */
    synchronized void forget() {
        samples.clear();
    }

    int commits() {
        return commits;
    }

    Map<TrendLogId, TrendLog> logs() {
        return logs;
    }

    synchronized List<Sample> samples(TrendLogId log, int run) {
        return List.copyOf(samples.getOrDefault(log, new TreeMap<>()).getOrDefault(run, List.of()));
    }

    synchronized long count() {
        return samples.values().stream().flatMap(runs -> runs.values().stream()).mapToLong(List::size).sum();
    }

    @Override
    public synchronized Optional<ResumePoint> resumePoint(TrendLogId log) {
        SortedMap<Integer, List<Sample>> runs = samples.get(log);
        if (runs == null) {
            return Optional.empty();
        }
        List<Sample> now = runs.get(runs.lastKey());
        return Optional.of(new ResumePoint(runs.lastKey(), now.get(now.size() - 1).lastSequence(),
                now.stream().filter(one -> !(one.reading() instanceof Reading.Gap)).reduce((a, b) -> b)));
    }

    @Override
    public void describe(Collection<TrendLog> described) {
        described.forEach(log -> logs.put(log.id(), log));
    }

    @Override
    public synchronized int append(List<Batch> batches) {
        if (full) {
            throw new ArchiveException("the disk is full", null);
        }
        commits++;
        int added = 0;
        for (Batch batch : batches) {
            if (!logs.containsKey(batch.log())) {
                throw new IllegalArgumentException(batch.log() + " was never described");
            }
            List<Sample> run = samples.computeIfAbsent(batch.log(), log -> new TreeMap<>())
                    .computeIfAbsent(batch.run(), number -> new ArrayList<>());
            for (Sample sample : batch.samples()) {
                if (run.isEmpty() || sample.sequence() > run.get(run.size() - 1).lastSequence()) {
                    run.add(sample);
                    added++;
                }
            }
        }
        return added;
    }

    @Override
    public Optional<Boolean> chosen(TrendLogId log) {
        Optional<Boolean> choice = Optional.ofNullable(choices.get(log));
        afterChosen.accept(log);
        return choice;
    }

    @Override
    public void choose(Collection<TrendLogId> chosen, boolean archived) {
        chosen.forEach(log -> choices.put(log, archived));
    }
}
