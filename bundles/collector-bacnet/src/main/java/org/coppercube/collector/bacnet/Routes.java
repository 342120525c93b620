// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.log.Bindings;
import org.coppercube.collector.bacnet.message.Station;

/**
 * Finds the way to a device behind a router again when it falls silent (ASHRAE 135, 6.5.3). Anybody may claim to be the
 * router: a claim says where the device may be, no more, and is of no interest while the device answers. Belongs to the
 * loop.
 */
final class Routes {
    /** Gets to know where a device may be; that it is there remains to be proved. */
    @FunctionalInterface
    interface Candidates {
        void heard(int instance, Station where, int maxApdu);
    }

    private static final long PAUSE = Duration.ofSeconds(5).toNanos();

    private final Bindings bindings;
    private final Candidates candidates;
    private final IntConsumer whoIsRouterTo;
    private final Map<Integer, Long> asked = new HashMap<>(); // when, by network

    Routes(Bindings bindings, Candidates candidates, IntConsumer whoIsRouterTo) {
        this.bindings = bindings;
        this.candidates = candidates;
        this.whoIsRouterTo = whoIsRouterTo;
    }

    /** Nobody answered from there. */
    void fellSilent(Station station) {
        int network = station.network();
        long now = System.nanoTime();
        Long before = asked.get(network);
        boolean due = network != 0 && (before == null || now - before >= PAUSE);
        if (due && !silent(Set.of(network)).isEmpty()) { // it is somebody that has told us something
            asked.put(network, now);
            whoIsRouterTo.accept(network);
        }
    }

    /** Somebody says that he is the router to these networks. @return whether that is of interest */
    boolean claimed(InetSocketAddress router, Collection<Integer> networks) {
        Map<Integer, Contact> silent = silent(new HashSet<>(networks));
        silent.values().removeIf(contact -> contact.station().link().equals(router));
        silent.forEach((instance, contact) -> candidates.heard(instance,
                new Station(router, contact.station().network(), contact.station().mac()), contact.maxApdu()));
        return !silent.isEmpty();
    }

    private Map<Integer, Contact> silent(Set<Integer> networks) {
        Map<Integer, Contact> silent = new HashMap<>();
        bindings.forEach((instance, contact) -> {
            int network = contact.station().network();
            if (network != 0 && networks.contains(network) && !contact.answers()) {
                silent.put(instance, contact);
            }
        });
        return silent;
    }
}
