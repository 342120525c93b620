// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.coppercube.api.trend.TrendLogId;

/** Which trend logs the parameters {@code site}, {@code device} and {@code log} mean. */
final class Wanted {

    private Wanted() {
    }

    static Predicate<TrendLogId> logs(Params params) {
        return of(params.site(), TrendLogId::site)
                .and(of(params.integer("device", 0, TrendLogId.MAX_INSTANCE), TrendLogId::device))
                .and(of(params.value("log", TrendLogId::parse, "a trend log id such as hq.1200.TL5"), id -> id));
    }

    private static <T> Predicate<TrendLogId> of(Optional<T> only, Function<TrendLogId, T> part) {
        return id -> only.isEmpty() || only.get().equals(part.apply(id));
    }
}
