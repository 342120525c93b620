// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.coppercube.api.trend.Reading.Gap.Cause;

/** How much of something is held, and how much is lost for which cause. */
final class Tally {

    private static final int DIGITS = 4;

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

    /** In percent, rounded down, so that 100 says that nothing is lost. */
    String completeness() {
        long all = samples + lost();
        return all == 0 ? "" : BigDecimal.valueOf(samples).movePointRight(2)
                .divide(BigDecimal.valueOf(all), DIGITS, RoundingMode.DOWN).stripTrailingZeros().toPlainString() + " %";
    }

    /** {@code 300 overflow, 120 device-away}. */
    String causes() {
        return causes.entrySet().stream().map(cause -> cause.getValue() + " "
                + cause.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-')).collect(Collectors.joining(", "));
    }
}
