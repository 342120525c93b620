// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the archive may hold, and what must stay free beside it.
 *
 * @param retention how long what is kept
 * @param disk what must stay free on the disk
 * @param capacity how many logs
 * @param lookPace time between two looks at the disk
 * @param sweepPace time between two searches for what need not be kept
 */
record Limits(RetentionRules retention, DiskLimits disk, Capacity capacity, Duration lookPace, Duration sweepPace) {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofHours(3);

    /** Everything is kept, whatever the disk says. */
    static final Limits NONE = new Limits(new RetentionRules(0, List.of(), 0), new DiskLimits(100, 0, 0), LOOK, SWEEP);

    /** For as many logs as can be. */
    Limits(RetentionRules retention, DiskLimits disk, Duration lookPace, Duration sweepPace) {
        this(retention, disk, Capacity.XL, lookPace, sweepPace);
    }

    /** @throws IllegalArgumentException naming key, value and rule of what is wrong */
    static Limits of(ArchiveKeeper.Config config) {
        List<RetentionRules.Rule> rules = Stream.of(config.retention_logs().split(",")).map(String::strip)
                .filter(rule -> !rule.isEmpty()).map(RetentionRules.Rule::parse).toList();
        return new Limits(
                new RetentionRules(number("retention.days", config.retention_days(), 0, RetentionRules.MOST_DAYS),
                        rules, (long) number("retention.gigabytes", config.retention_gigabytes(), 0, 1 << 20) << 30),
                new DiskLimits(number("disk.warn.percent", config.disk_warn_percent(), 1, 100),
                        (long) number("disk.stop.megabytes", config.disk_stop_megabytes(), 0, 1 << 20) << 20,
                        (long) number("ballast.megabytes", config.ballast_megabytes(), 0, 1 << 20) << 20),
                Capacity.of(config.capacity()), LOOK, SWEEP);
    }

    private static int number(String key, String value, int least, int most) {
        String digits = value.strip();
        int number = digits.matches("\\d{1,7}") ? Integer.parseInt(digits) : -1;
        if (number < least || number > most) {
            throw new IllegalArgumentException(
                    key + " is \"" + value + "\"; it must be a whole number, " + least + " to " + most);
        }
        return number;
    }
}
