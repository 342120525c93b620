// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fault that devices have, as it was asked for.
 *
 * @param amount a number, a percentage or milliseconds, as the fault has it
 */
record Ailment(Fault fault, long amount, Schedule when, Instances devices) {

    private static final Pattern ASKED = Pattern.compile("([a-z-]+)(=([^@]+))?(@(.+))?");
    private static final String FORM = "NAME, NAME=VALUE or NAME=VALUE@FIRST-LAST";
    private static final Pattern TIME = Pattern.compile("(-?)(\\d{1,9})(ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of("ms", Duration.ofMillis(1), "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));
    private static final long LONGEST = Duration.ofDays(36_500).toMillis();

    /** @throws IllegalArgumentException with what was asked for and the rule it breaks */
    static Ailment parse(String asked, Instant anchor) {
        Matcher parts = ASKED.matcher(asked);
        if (!parts.matches()) {
            throw refused(asked, FORM);
        }
        Fault fault = named(parts.group(1), asked);
        if (fault.ofNetwork() && parts.group(4) != null) {
            throw refused(asked, fault + " without devices: it is the network's");
        }
        Instances devices;
        try {
            devices = parts.group(5) == null ? Instances.ALL : Instances.parse(parts.group(5));
        } catch (IllegalArgumentException e) {
            throw refused(asked, FORM);
        }
        String value = parts.group(3) == null ? "" : parts.group(3);
        String rule = fault + fault.form().toString() + (fault.form() == Fault.Form.NUMBER
                ? ", N from " + fault.least() + " to " + fault.most() : "") + ", see --help";
        try {
            Schedule when = when(fault.form(), value, anchor.toEpochMilli());
            return new Ailment(fault, amount(fault, value), when, devices);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw refused(asked, rule);
        }
    }

    private static Fault named(String name, String asked) {
        for (Fault fault : Fault.values()) {
            if (fault.toString().equals(name)) {
                return fault;
            }
        }
        throw refused(asked, "one of the faults that --help lists");
    }

    private static long amount(Fault fault, String value) {
        return switch (fault.form()) {
            case SWITCH -> require(value.isEmpty() ? 1 : 0, 1, 1);
            case NUMBER -> require(Long.parseLong(value), fault.least(), fault.most());
            case SHARE -> require(value.isEmpty() ? 100 : Long.parseLong(value.replaceFirst("%$", "")), 0, 100);
            case LENGTH -> require(millis(value), 0, LONGEST);
            case SHIFT -> require(millis(value), -LONGEST, LONGEST);
            case WHEN -> 0;
            case SPELL -> require(millis(value.split("/", 2)[0]), 1, LONGEST);
            case JUMP -> require(millis(value.split("/", 2)[0]), -LONGEST, LONGEST);
        };
    }

    private static Schedule when(Fault.Form form, String value, long anchor) {
        return switch (form) {
            case WHEN -> schedule(value, anchor, 0);
            case SPELL -> schedule(afterSlash(value), anchor, millis(value.split("/", 2)[0]));
            case JUMP -> schedule(afterSlash(value), anchor, 0);
            default -> Schedule.NEVER;
        };
    }

    private static String afterSlash(String value) {
        return value.substring(value.indexOf('/') + 1);
    }

    private static Schedule schedule(String when, long anchor, long length) {
        if (TIME.matcher(when).matches()) {
            long every = require(millis(when), Math.max(1000, length + 1), LONGEST);
            return new Schedule(anchor + every, every);
        }
        return new Schedule(require(Instant.parse(when).toEpochMilli(), anchor, Long.MAX_VALUE), 0);
    }

    private static long millis(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new IllegalArgumentException(text);
        }
        return Long.parseLong(time.group(1) + time.group(2)) * UNITS.get(time.group(3)).toMillis();
    }

    private static long require(long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static IllegalArgumentException refused(String asked, String rule) {
        return new IllegalArgumentException(Option.FAULT + " is " + asked + "; it must be " + rule);
    }
}
