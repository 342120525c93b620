// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** A building as the command line asks for it, with a clock that stands until it is moved. */
final class Play extends Clock {

    private volatile Instant now;
    private final Settings settings;
    private final SimulatedClock clock;
    private final List<Controller> devices;

    Play(Instant now, String... arguments) {
        this.now = now;
        this.settings = Settings.of(new Arguments(arguments), now);
        this.clock = settings.clock(this);
        this.devices = new Building(settings, clock).controllers();
    }

    List<Controller> devices() {
        return devices;
    }

    Controller device() {
        return devices.get(0);
    }

    Log log() {
        return device().logs().get(0);
    }

    Settings settings() {
        return settings;
    }

    SimulatedClock clock() {
        return clock;
    }

    void at(Instant moment) {
        now = moment;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
