// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The command line. What is wrong is refused with option, value and rule in an {@link IllegalArgumentException}. */
final class Arguments {

    private static final Pattern LOOPBACK = Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    private final Map<Option, String> given = new EnumMap<>(Option.class);

    /** @param words {@code --option value} or {@code --option=value} */
    Arguments(String... words) {
        for (int i = 0; i < words.length; i++) {
            String[] parts = words[i].split("=", 2);
            Option option = Option.named(parts[0]);
            if (option.isSwitch()) {
                if (parts.length == 2) {
                    throw new IllegalArgumentException(option + " takes no value");
                }
                given.put(option, "");
            } else if (parts.length == 2) {
                take(option, parts[1]);
            } else if (i + 1 < words.length) {
                take(option, words[++i]);
            } else {
                throw new IllegalArgumentException(option + " needs a value");
            }
        }
    }

    private void take(Option option, String value) {
        given.merge(option, value, (earlier, later) -> option == Option.FAULT ? earlier + "," + later : later);
    }

    boolean has(Option option) {
        return given.containsKey(option);
    }

    int number(Option option, int least, int most) {
        String rule = "a whole number from " + least + " to " + most;
        try {
            int number = Integer.parseInt(text(option));
            if (number < least || number > most) {
                throw refused(option, rule, null);
            }
            return number;
        } catch (NumberFormatException e) {
            throw refused(option, rule, e);
        }
    }

    InetAddress loopback(Option option) {
        String rule = "an IPv4 address in 127.0.0.0/8";
        if (!LOOPBACK.matcher(text(option)).matches()) { // nothing here may be taken for a name and looked up
            throw refused(option, rule, null);
        }
        try {
            return InetAddress.getByName(text(option));
        } catch (UnknownHostException e) {
            throw refused(option, rule, e);
        }
    }

    ZoneId zone(Option option) {
        try {
            return has(option) ? ZoneId.of(text(option)) : ZoneId.systemDefault();
        } catch (DateTimeException e) {
            throw refused(option, "a time zone, as Europe/Berlin", e);
        }
    }

    /** Some of the devices, none when not given. */
    Instances instances(Option option) {
        try {
            return has(option) ? Instances.parse(text(option)) : Instances.NONE;
        } catch (IllegalArgumentException e) {
            throw refused(option, "the instance of a device or FIRST-LAST, as 1003-1005", e);
        }
    }

    /** A time, or the word for one from which on the latest night of a change of the clocks is in the logs. */
    Instant anchor(Option option, ZoneId zone, Instant now) {
        boolean autumn = text(option).equals("autumn");
        if (!autumn && !text(option).equals("spring")) {
            return instant(option);
        }
        ZoneOffsetTransition change = zone.getRules().previousTransition(now);
        while (change != null && change.isOverlap() != autumn) {
            change = zone.getRules().previousTransition(change.getInstant());
        }
        if (change == null) {
            throw refused(option, "a time, since " + zone + " has no daylight saving time", null);
        }
        return change.getInstant().truncatedTo(ChronoUnit.DAYS).minus(12, ChronoUnit.HOURS);
    }

    Instant instant(Option option) {
        try {
            return Instant.parse(text(option));
        } catch (DateTimeException e) {
            throw refused(option, "a time, as " + Option.ANCHOR.defaultValue(), e);
        }
    }

    /** What was given, or the default. */
    String text(Option option) {
        return given.getOrDefault(option, option.defaultValue());
    }

    private IllegalArgumentException refused(Option option, String rule, Exception cause) {
        return new IllegalArgumentException(option + " is " + text(option) + "; it must be " + rule, cause);
    }
}
