// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.coppercube.collector.bacnet.message.Station;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our registrations as a foreign device (ASHRAE 135, J.5.2). A BBMD that does not answer, or refuses, is asked again
 * every five seconds; one that did, at half its time to live. Used by any thread.
 */
public final class Bbmds {
    private static final Logger LOG = LoggerFactory.getLogger(Bbmds.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
    private static final int DISTRIBUTE_REFUSED = 0x60;

    private enum State { NEW, FORWARDS, SILENT, REFUSES }

    private static final class Registration {
        private InetSocketAddress address; // null until a name is known
        private State state = State.NEW;
        private boolean asked; // since it is where it is
        private long due;
        private long again; // not before
        private long until; // granted
    }

    private final Map<InetSocketAddress, Registration> registrations = new LinkedHashMap<>();
    private final String network;
    private final int seconds;
    private final LongSupplier clock;

    /**
     * @param configured by address, or unresolved
     * @param clock as {@link System#nanoTime}
     */
    public Bbmds(String network, List<InetSocketAddress> configured, int seconds, LongSupplier clock) {
        this.network = network;
        this.seconds = seconds;
        this.clock = clock;
        configured.forEach(one -> {
            Registration registration = new Registration();
            registration.address = one.isUnresolved() ? null : one;
            again(registration);
            registrations.put(one, registration);
        });
    }

    /** One that is configured by name is now there. */
    public synchronized void moved(InetSocketAddress configured, InetSocketAddress address) {
        Registration one = registrations.get(configured);
        one.address = address;
        again(one);
    }

    /** Our own address is a new one, which no BBMD knows yet. */
    public synchronized void startAgain() {
        registrations.values().forEach(this::again);
    }

    private void again(Registration one) {
        one.state = State.NEW;
        one.asked = false;
        one.due = clock.getAsLong();
    }

    /** Those that broadcasts can be given to. */
    public synchronized List<InetSocketAddress> addresses() {
        return registrations.values().stream().map(one -> one.address).filter(Objects::nonNull).toList();
    }

    /** Whether one of ours is there. */
    synchronized boolean contains(InetSocketAddress address) {
        return registrations.values().stream().anyMatch(one -> address.equals(one.address));
    }

    /** Those that do not forward for us now, as configured. */
    public synchronized List<InetSocketAddress> away() {
        return registrations.entrySet().stream().filter(one -> one.getValue().state != State.FORWARDS)
                .map(Map.Entry::getKey).toList();
    }

    /** Those that were asked in vain, in words. */
    public synchronized List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        registrations.forEach((configured, one) -> {
            switch (one.state) {
                case SILENT -> troubles.add("no answer from BBMD " + new Station(configured));
                case REFUSES -> troubles.add("refused by BBMD " + new Station(configured));
                default -> { }
            }
        });
        return troubles;
    }

    /** Those that a registration must be sent to now. */
    synchronized List<InetSocketAddress> due() {
        List<InetSocketAddress> due = new ArrayList<>();
        long now = clock.getAsLong();
        registrations.forEach((configured, one) -> {
            if (one.address != null && now - one.due >= 0) {
                if (one.state == State.FORWARDS ? now - one.until >= 0 : one.state == State.NEW && one.asked) {
                    become(configured, one, State.SILENT);
                }
                one.asked = true;
                one.again = now + TRY_AGAIN.toNanos();
                one.due = one.again;
                due.add(one.address);
            }
        });
        return due;
    }

    /** Somebody answered with this code. @return whether it is one of ours */
    synchronized boolean answered(InetSocketAddress address, int code) {
        boolean ours = false;
        for (Map.Entry<InetSocketAddress, Registration> entry : registrations.entrySet()) {
            Registration one = entry.getValue();
            if (address.equals(one.address)) {
                ours = true;
                long now = clock.getAsLong();
                if (code == 0) {
                    one.until = now + Duration.ofSeconds(seconds).toNanos();
                    one.due = now + Duration.ofSeconds(seconds).toNanos() / 2;
                    become(entry.getKey(), one, State.FORWARDS);
                } else if (code != DISTRIBUTE_REFUSED) {
                    become(entry.getKey(), one, State.REFUSES);
                } else if (one.state == State.FORWARDS) { // it has started anew and knows us no more
                    one.state = State.SILENT;
                    one.due = one.again;
                }
            }
        }
        return ours;
    }

    private void become(InetSocketAddress configured, Registration one, State state) {
        if (one.state != state) {
            one.state = state;
            Object where = new Station(configured);
            switch (state) {
                case FORWARDS -> LOG.info("Network {}: BBMD {} forwards to us", network, where);
                case REFUSES -> LOG.warn("Network {}: BBMD {} refuses to forward to us; asking again every {} s",
                        network, where, TRY_AGAIN.toSeconds());
                default -> LOG.warn("Network {}: BBMD {} does not answer; asking again every {} s", network, where,
                        TRY_AGAIN.toSeconds());
            }
        }
    }

    ByteBuffer registration() {
        return Frames.wrap(Frames.REGISTER_FOREIGN, new byte[] {(byte) (seconds >> 8), (byte) seconds});
    }

    static ByteBuffer deletion(InetSocketAddress own) {
        return Frames.wrap(Frames.DELETE_FOREIGN, Frames.bytes(own));
    }
}
