// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.exchange;

import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.link.Throttle;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Courtesy;

/** The gates that questions pass: each device's, that of its trunk where there is one, the network's. In the loop. */
final class Gates {
    private static final int MOST_TRUNKS = 1000; // anybody can announce devices on any network

    /** A network behind a router. */
    private record Trunk(InetSocketAddress router, int network, Contact.Standing standing) {
    }

    private final Loop loop;
    private final Courtesy courtesy;
    private final Throttle atAnyPace = pace(0);
    /**
     * Devices that do not answer have lines of their own, here and in each trunk: nobody who does must wait until they
     * are given up. Among them those that never answered have another: anybody can announce any number of these. So
     * have those that answer only when they are asked more often than others: each question takes them long.
     */
    private final Map<Contact.Standing, Gate> network = new EnumMap<>(Contact.Standing.class);
    private final Map<Station, Gate> stations = new HashMap<>();
    private final Map<Trunk, Gate> trunks = new HashMap<>();

    Gates(Loop loop, Courtesy courtesy) {
        this.loop = loop;
        this.courtesy = courtesy;
        Throttle pace = pace(courtesy.perSecond());
        int few = Math.max(1, courtesy.outstanding() / 4);
        for (Contact.Standing standing : Contact.Standing.values()) {
            network.put(standing, new Gate(loop, few, pace));
        }
        network.put(Contact.Standing.ANSWERS, new Gate(loop, courtesy.outstanding(), pace));
    }

    private static Throttle pace(int perSecond) {
        return new Throttle(perSecond, 1 + perSecond / 10, System.nanoTime());
    }

    /** Those on the way to a device, one after the other. */
    List<Gate> to(Station station, Contact.Standing standing) {
        Gate own = stations.computeIfAbsent(station, one -> new Gate(loop, 1, atAnyPace));
        if (station.network() == 0) {
            return List.of(own, network.get(standing));
        }
        if (trunks.size() >= MOST_TRUNKS) {
            trunks.values().removeIf(Gate::isIdle);
        }
        Courtesy.Routed routed = courtesy.routed();
        int most = standing == Contact.Standing.ANSWERS ? routed.outstanding() : 1;
        Gate trunk = trunks.computeIfAbsent(new Trunk(station.link(), station.network(), standing),
                one -> new Gate(loop, most, pace(routed.perSecond())));
        return List.of(own, trunk, network.get(standing));
    }

    /** A question to this device is done. */
    void leave(Station station, List<Gate> gates) {
        gates.forEach(Gate::leave);
        if (gates.get(0).isIdle()) {
            stations.remove(station);
        }
    }
}
