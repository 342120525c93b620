// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;
import org.coppercube.api.trend.Reading.Gap.Cause;

/** How much of something is held, and how much is lost for which cause. */
final class Tally {

    private static final int DIGITS = 6;

    private final Map<Cause, Long> causes = new EnumMap<>(Cause.class);
    private long samples;

    void hold(long more) {
        samples += more;
    }

    void lose(Cause cause, long more) {
        causes.merge(cause, more, Long::sum);
    }

    long samples() {
        return samples;
    }

    long lost() {
        return causes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The part that is held, as JSON; null when there was nothing. It has so many digits that no loss makes it 1. */
    String completeness() {
        BigDecimal all = BigDecimal.valueOf(samples + lost());
        return all.signum() == 0 ? "null" : BigDecimal.valueOf(samples)
                .divide(all, Math.max(DIGITS, all.precision()), RoundingMode.DOWN).stripTrailingZeros().toPlainString();
    }

    void writeCauses(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("causes");
        for (Map.Entry<Cause, Long> cause : causes.entrySet()) {
            json.writeNumberField(Words.of(cause.getKey()), cause.getValue());
        }
        json.writeEndObject();
    }
}
