// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be said on the command line. */
enum Option {
    DEVICES("8", "number of BACnet devices, 1 to 1000"),
    LOGS("6", "trend logs of each device, 1 to 1000"),
    MULTIPLES("0", "Trend Log Multiple objects of each device, 0 to 100"),
    MEMBERS("3", "members of each Trend Log Multiple, 1 to 60"),
    EVENT_LOGS("0", "Event Log objects of each device, 0 to 100"),
    ALL_KINDS(null, "the first device gets one more log, which goes through every kind of record"),
    INTERVAL("20", "seconds between two records of the fast logs; the others take 60, 300 and 900"),
    ONE_INTERVAL(null, "all logs are fast ones"),
    BUFFER("12960", "records that each log holds"),
    NOTIFY("0", "records after which a log tells the Recipient_List of its device's Notification Class; 0 is never"),
    FIRST_INSTANCE("1001", "device instance of the first device; the others count on from it"),
    BIND("127.0.1.1", "address of the first device, in 127.0.0.0/8; the others have the next ones, 250 of 256"),
    PORT("0", "UDP port of all devices; 0 takes the first that is free from 47808 on"),
    BROADCAST("127.255.255.255", "address, in 127.0.0.0/8, on which Who-Is is heard as a broadcast"),
    TIME_ZONE("", "zone of the devices' clocks, as Europe/Berlin; the system's when not given"),
    ANCHOR("2026-01-01T00:00:00Z", "when every log made its first record (simulated time); spring or autumn: on the day"
            + "\n                    before the time zone's latest change to or from daylight saving time"),
    COMPRESS("1", "how many times as fast as real time simulated time runs, 1 to 3600"),
    COMPRESS_SINCE("", "when simulated time was real time; the anchor when not given"),
    SEED("1", "another number is another building"),
    SECONDS("0", "ends by itself after so many seconds; 0 is never"),
    BEHIND_ROUTER("", "instances, as 1003-1005, of devices on a network of their own, behind a router"),
    NETWORK("2001", "number of that network"),
    BBMD(null, "the devices are in another subnet: they hear and make broadcasts only through a BBMD"),
    FAULT("", "what goes wrong, in which devices; the list is below"),
    QUIET(null, "says nothing but the ready line"),
    HELP(null, "shows this");

    private final String defaultValue;
    private final String explanation;

    Option(String defaultValue, String explanation) {
        this.defaultValue = defaultValue;
        this.explanation = explanation;
    }

    /** @throws IllegalArgumentException if there is no such option */
    static Option named(String argument) {
        return Arrays.stream(values()).filter(option -> option.toString().equals(argument)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no option " + argument));
    }

    static String help() {
        return Arrays.stream(values()).map(Option::line).collect(Collectors.joining("\n", """
                Plays a building: BACnet/IP devices with trend logs on loopback. All values are computed from the seed,
                so a simulator that is started again has the same records, and those made since.
                Prints one line that begins "SIMULATOR ready" when it is up; SIGINT or SIGTERM ends it.

                """, "\n")) + Fault.help();
    }

    boolean isSwitch() {
        return defaultValue == null;
    }

    String defaultValue() {
        return defaultValue;
    }

    private String line() {
        String usual = isSwitch() || defaultValue.isEmpty() ? "" : " (" + defaultValue + ")";
        return String.format("  %-17s %s%s", this, explanation, usual);
    }

    @Override
    public String toString() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
