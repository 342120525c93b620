// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coppercube.api.trend.TrendLogId;

/**
 * How long what is kept.
 *
 * @param days days that samples are kept; 0 for ever
 * @param logs other days for some logs; the first that fits counts
 * @param bytes room that the chunks may take; 0 for any
 */
record RetentionRules(int days, List<Rule> logs, long bytes) {

    static final int MOST_DAYS = 36_500;

    private static final Pattern RULE = Pattern.compile("([A-Za-z0-9.*-]+)\\s*=\\s*(\\d{1,6})");

    /**
     * Days for some logs.
     *
     * @param pattern what their ids look like
     * @param days days that their samples are kept; 0 for ever
     */
    record Rule(Pattern pattern, int days) {

        /** @throws IllegalArgumentException naming what is wrong */
        static Rule parse(String text) {
            var match = RULE.matcher(text);
            if (!match.matches() || Integer.parseInt(match.group(2)) > MOST_DAYS) {
                throw new IllegalArgumentException("retention.logs has \"" + text + "\"; each must be PATTERN=DAYS: a"
                        + " trend log id in which * stands for anything, and 0 (for ever) to " + MOST_DAYS
                        + " days, as in hq.1200.*=365");
            }
            String expression = Stream.of(match.group(1).split("\\*", -1)).map(Pattern::quote)
                    .collect(Collectors.joining(".*"));
            return new Rule(Pattern.compile(expression), Integer.parseInt(match.group(2)));
        }
    }

    /** For how many days samples of a log are kept; 0 for ever. */
    int days(TrendLogId log) {
        String id = log.toString();
        return logs.stream().filter(rule -> rule.pattern.matcher(id).matches()).findFirst().map(Rule::days)
                .orElse(days);
    }

    boolean haveDays() {
        return days > 0 || logs.stream().anyMatch(rule -> rule.days > 0);
    }
}
