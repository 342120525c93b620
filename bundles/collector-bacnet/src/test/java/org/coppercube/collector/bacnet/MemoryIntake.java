// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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
public final class MemoryIntake implements ArchiveIntake {
    private final Map<TrendLogId, TrendLog> logs = new ConcurrentHashMap<>();
    private final Map<TrendLogId, Boolean> choices = new ConcurrentHashMap<>();
    private final Map<TrendLogId, SortedMap<Integer, List<Sample>>> samples = new ConcurrentHashMap<>();
    private volatile Set<TrendLogId> leftOut = Set.of();
    private volatile boolean full;
    private volatile Consumer<TrendLogId> afterChosen = log -> { };
    private volatile int commits;
    private Random crashes;

    void fill(boolean full) {
        this.full = full;
    }

    /** Has no place for these. */
    void leaveOut(Set<TrendLogId> logs) {
        leftOut = logs;
    }

    /** Done whenever somebody has been told what was chosen. */
    void afterChosen(Consumer<TrendLogId> what) {
        afterChosen = what;
    }

    /**
     * The next commit is the last before a crash: of what was read it has the samples up to any that a reader may have
     * stored by then.
     */
    public synchronized void crash(Random random) {
        crashes = random;
    }

    /** Begins anew. */
    public synchronized void forget() {
        samples.clear();
    }

    int commits() {
        return commits;
    }

    Map<TrendLogId, TrendLog> logs() {
        return logs;
    }

    public synchronized List<Sample> samples(TrendLogId log, int run) {
        return List.copyOf(samples.getOrDefault(log, new TreeMap<>()).getOrDefault(run, List.of()));
    }

    public synchronized long count() {
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
        if (crashes != null) {
            List<Batch> before = beforeCrash(batches);
            crashes = null;
            append(before);
            throw new ArchiveException("crashed", null);
        }
        int added = 0;
        for (Batch batch : batches) {
            if (!logs.containsKey(batch.log())) {
                throw new IllegalArgumentException(batch.log() + " was never described");
            }
            if (batch.samples().isEmpty()) {
                continue;
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

    /** A gap, and what waits for a time, is never stored without the record that gives it its time. */
    private List<Batch> beforeCrash(List<Batch> batches) {
        List<Batch> before = new ArrayList<>();
        for (Batch batch : batches) {
            int end = crashes.nextInt(batch.samples().size() + 1);
            while (end > 0 && batch.samples().get(end - 1).timeSource() != Sample.TimeSource.RECORD) {
                end--;
            }
            before.add(new Batch(batch.log(), batch.run(), batch.samples().subList(0, end)));
            if (end < batch.samples().size()) {
                break;
            }
        }
        return before;
    }

    @Override
    public Optional<Boolean> chosen(TrendLogId log) {
        Optional<Boolean> choice = leftOut.contains(log) ? Optional.of(false) : Optional.ofNullable(choices.get(log));
        afterChosen.accept(log);
        return choice;
    }

    @Override
    public void choose(Collection<TrendLogId> chosen, boolean archived) {
        chosen.forEach(log -> choices.put(log, archived));
    }
}
