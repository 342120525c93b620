// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** What the program was told to play; {@link Option} explains each. */
record Settings(int devices, int logs, int multiples, int members, int eventLogs, boolean allKinds, int interval,
        boolean oneInterval, int buffer, int notifyEvery, int firstInstance, InetAddress bind, int port, InetAddress broadcast,
        ZoneId timeZone, Instant anchor, int compress, Instant compressSince, int seed, int seconds,
        Instances behindRouter, int network, boolean bbmd, Faults faults, boolean quiet) {

    private static final Instant LATEST = Instant.parse("2150-01-01T00:00:00Z"); // BACnet's years end with 2154

    /**
     * @param now real time
     * @throws IllegalArgumentException with option, value and the rule it breaks
     */
    static Settings of(Arguments arguments, Instant now) {
        ZoneId timeZone = arguments.zone(Option.TIME_ZONE);
        Instant anchor = arguments.anchor(Option.ANCHOR, timeZone, now);
        int seed = arguments.number(Option.SEED, Integer.MIN_VALUE, Integer.MAX_VALUE);
        Settings settings = new Settings(
                arguments.number(Option.DEVICES, 1, 1000),
                arguments.number(Option.LOGS, 1, 1000),
                arguments.number(Option.MULTIPLES, 0, 100),
                arguments.number(Option.MEMBERS, 1, 60),
                arguments.number(Option.EVENT_LOGS, 0, 100),
                arguments.has(Option.ALL_KINDS),
                arguments.number(Option.INTERVAL, 1, 86_400),
                arguments.has(Option.ONE_INTERVAL),
                arguments.number(Option.BUFFER, 1, 10_000_000),
                arguments.number(Option.NOTIFY, 0, 10_000_000),
                arguments.number(Option.FIRST_INSTANCE, 0, 4_190_000),
                arguments.loopback(Option.BIND),
                arguments.number(Option.PORT, 0, 65_535),
                arguments.loopback(Option.BROADCAST),
                timeZone,
                anchor,
                arguments.number(Option.COMPRESS, 1, 3600),
                arguments.has(Option.COMPRESS_SINCE) ? arguments.instant(Option.COMPRESS_SINCE) : anchor,
                seed,
                arguments.number(Option.SECONDS, 0, Integer.MAX_VALUE),
                arguments.instances(Option.BEHIND_ROUTER),
                arguments.number(Option.NETWORK, 1, 65_534),
                arguments.has(Option.BBMD),
                Faults.parse(arguments.text(Option.FAULT), anchor, seed),
                arguments.has(Option.QUIET));
        settings.check();
        return settings;
    }

    /** @throws IllegalArgumentException if simulated time would not make sense now */
    SimulatedClock clock(Clock real) {
        SimulatedClock clock = new SimulatedClock(real, timeZone, compressSince, compress);
        Instant now = Instant.ofEpochMilli(clock.now());
        require(!anchor.isBefore(Equipment.COMMISSIONED) && !anchor.isAfter(now), Option.ANCHOR, anchor,
                Equipment.COMMISSIONED + " or later, and not later than the simulated time, which is " + now);
        require(!compressSince.isAfter(real.instant()), Option.COMPRESS_SINCE, compressSince, "in the past");
        require(now.isBefore(LATEST), Option.COMPRESS, compress,
                "so small that simulated time, now " + now + ", stays before " + LATEST + "; a later "
                        + Option.COMPRESS_SINCE + " helps");
        return clock;
    }

    private void check() {
        int last = firstInstance + devices - 1;
        boolean routed = behindRouter != Instances.NONE;
        require(!routed || behindRouter.isWithin(firstInstance, last) && behindRouter.size() <= 127,
                Option.BEHIND_ROUTER, behindRouter.first() + "-" + behindRouter.last(),
                "at most 127 of the devices that there are, " + firstInstance + " to " + last);
        faults.check(firstInstance, last, routed, bbmd);
    }

    private static void require(boolean sound, Option option, Object value, String rule) {
        if (!sound) {
            throw new IllegalArgumentException(option + " is " + value + "; it must be " + rule);
        }
    }
}
