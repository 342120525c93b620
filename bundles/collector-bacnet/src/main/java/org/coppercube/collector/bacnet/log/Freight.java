// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.message.Failures;

/** What one visit has read and not yet stored: one commit, unless it is very much. Belongs to the loop. */
public final class Freight {
    private record Lot(TrendLogId log, int run) {
    }

    private final Means means;
    private final Map<Lot, List<Sample>> lots = new LinkedHashMap<>();
    private int size;
    private Throwable refusal;

    public Freight(Means means) {
        this.means = means;
    }

    /** Takes samples aboard. */
    void add(TrendLogId log, int run, List<Sample> samples) {
        lots.computeIfAbsent(new Lot(log, run), lot -> new ArrayList<>()).addAll(samples);
        size += samples.size();
        means.hold().add(samples.size());
    }

    /** Completed when more may come. */
    CompletableFuture<Void> makeRoom() {
        return means.hold().isTimeToStore(size) ? store() : CompletableFuture.completedFuture(null);
    }

    /** Completed when all that came aboard is in the archive; fails for good once the archive has not taken some. */
    public CompletableFuture<Void> store() {
        if (refusal != null) {
            return CompletableFuture.failedFuture(refusal);
        }
        if (size == 0) {
            return CompletableFuture.completedFuture(null);
        }
        int stored = size;
        List<Batch> batches = new ArrayList<>();
        lots.forEach((lot, samples) -> batches.add(new Batch(lot.log, lot.run, samples)));
        lots.clear();
        size = 0;
        return means.loop().offload(() -> means.intake().append(batches)).handle((count, failure) -> {
            means.hold().remove(stored);
            if (failure != null) {
                refusal = Failures.cause(failure);
                throw new CompletionException(refusal);
            }
            return null;
        });
    }
}
