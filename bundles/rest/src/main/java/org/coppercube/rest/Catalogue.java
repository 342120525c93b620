// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;

/**
 * Every trend log that the archive or a collector knows.
 *
 * @param collections the networks being collected at this moment
 */
record Catalogue(ArchiveQuery archive, List<Collection> collections) {

    /** One log as its collector sees it and as the archive has it; one of the two is there at least. */
    record Known(Optional<Holding> holding, Optional<LogState> state) {

        TrendLog log() {
            return state.map(LogState::log).or(() -> holding.map(Holding::log)).orElseThrow();
        }

        /** Whether it is collected; while its collector is away, whether it has ever been. */
        boolean archived() {
            return state.map(LogState::archived).or(() -> holding.map(held -> held.run() > 0)).orElseThrow();
        }
    }

    NavigableMap<TrendLogId, Known> all() {
        NavigableMap<TrendLogId, Known> all = new TreeMap<>();
        for (Holding holding : archive.holdings()) {
            all.put(holding.log().id(), new Known(Optional.of(holding), Optional.empty()));
        }
        for (Collection collection : collections) {
            for (LogState state : collection.logs()) {
                all.merge(state.log().id(), new Known(Optional.empty(), Optional.of(state)),
                        (held, collected) -> new Known(held.holding(), collected.state()));
            }
        }
        return all;
    }

    /** @throws Problem if nobody knows it */
    Known find(String id) {
        TrendLogId parsed;
        try {
            parsed = TrendLogId.parse(id);
        } catch (IllegalArgumentException e) {
            throw Problem.unknownLog(id);
        }
        Known known = new Known(archive.holding(parsed),
                collections.stream().flatMap(each -> each.log(parsed).stream()).findFirst());
        if (known.holding().isEmpty() && known.state().isEmpty()) {
            throw Problem.unknownLog(id);
        }
        return known;
    }
}
