// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.exchange.Requests;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.log.Bindings;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the clocks of the devices, each for itself and a few a second: a broadcast would set those of others too. Never
 * while our own clock is obviously wrong. Belongs to the loop.
 */
final class TimeMaster implements Bindings.Audience {
    private static final Logger LOG = LoggerFactory.getLogger(TimeMaster.class);
    private static final Instant OBVIOUSLY_WRONG_BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration PACE = Duration.ofSeconds(1);
    private static final int AT_ONCE = 10;
    private static final Duration WHEN_SILENT = Duration.ofMinutes(10);

    private record Due(int instance, long at) {
    }

    private final Settings.TimeSync wanted;
    private final String network;
    private final ZoneId zone;
    private final InstantSource clock;
    private final Requests.Wire wire;
    private final Map<Integer, Contact> contacts = new HashMap<>();
    private final Queue<Due> due = new PriorityQueue<>((one, other) -> Long.signum(one.at - other.at));
    private boolean wrongTold;

    TimeMaster(Settings settings, InstantSource clock, Requests.Wire wire, Loop loop) {
        this.wanted = settings.timeSync();
        this.network = settings.name();
        this.zone = wanted.kind() == Settings.TimeSync.Kind.UTC ? ZoneOffset.UTC : settings.zone();
        this.clock = clock;
        this.wire = wire;
        if (wanted.kind() != Settings.TimeSync.Kind.OFF) {
            loop.repeat(this::setSome, PACE);
        }
    }

    @Override
    public void described(int instance, Contact contact, Collection<ObjectId> logs) {
        if (contacts.put(instance, contact) == null) {
            due.add(new Due(instance, System.nanoTime()));
        }
    }

    private void setSome() {
        boolean wrong = clock.instant().isBefore(OBVIOUSLY_WRONG_BEFORE);
        if (wrong != wrongTold) {
            wrongTold = wrong;
            LOG.warn("Network {}: the clocks of the devices are {}set, as our own {}", network, wrong ? "not " : "",
                    wrong ? "shows " + clock.instant() : "is right now");
        }
        long now = System.nanoTime();
        for (int n = 0; !wrong && n < AT_ONCE && !due.isEmpty() && now - due.peek().at() >= 0; n++) {
            int instance = due.remove().instance();
            Contact contact = contacts.get(instance);
            boolean done = contact.answers() && set(contact.station());
            due.add(new Due(instance, now + (done ? wanted.every() : WHEN_SILENT).toNanos()));
        }
    }

    private boolean set(Station station) {
        try {
            wire.send(station, Questions.setClock(wanted.kind() == Settings.TimeSync.Kind.UTC,
                    LocalDateTime.ofInstant(clock.instant(), zone)));
            return true;
        } catch (IOException | RuntimeException e) { // an address may be one that nothing can be sent to
            LOG.debug("Network {}: the clock of {} could not be set", network, station, e);
            return false;
        }
    }
}
