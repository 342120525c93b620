// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Who is connected to whom: gives each its sockets, and each socket somebody who hears what arrives. */
final class Cabling {

    /** Takes what arrives at a socket. */
    @FunctionalInterface
    interface Ear {
        void hear(ByteBuffer datagram, SocketAddress sender);
    }

    /** Something on the network that hears. */
    record Outlet(Place place, Ear ear) {
    }

    private static final byte[] NOT_ROUTED = {};

    private final Settings settings;
    private final SimulatedClock clock;
    private final Sockets sockets;
    private final Agenda agenda;
    private final Condition network;
    private final List<Outlet> outlets = new ArrayList<>();
    private final List<Station> stations = new ArrayList<>();
    private final Peer everybody;
    private final Optional<Place> router;
    private final Optional<Place> bbmd;
    private int spare;

    Cabling(Settings settings, SimulatedClock clock, List<Controller> devices, Sockets sockets, Agenda agenda) {
        this.settings = settings;
        this.clock = clock;
        this.sockets = sockets;
        this.agenda = agenda;
        this.network = settings.faults().ofNetwork();
        List<Controller> routed = devices.stream().filter(device -> routed(settings, device)).toList();
        this.spare = devices.size();
        this.router = routed.isEmpty() ? Optional.empty() : Optional.of(place(network, Fault.ROUTER_MOVE, spare++));
        this.bbmd = settings.bbmd() ? Optional.of(place(spare++)) : Optional.empty();
        Optional<Bbmd> distributor = bbmd.map(place -> new Bbmd(place, network, clock));
        this.everybody = new Peer(Peer.ALL, distributor.map(Bbmd::path).orElse((npdu, from) -> from.send(
                Frame.broadcast(npdu), new InetSocketAddress(settings.broadcast(), sockets.port()))));
        Lan lan = new Lan(IntStream.range(0, devices.size()).filter(i -> !routed(settings, devices.get(i)))
                .mapToObj(i -> station(devices.get(i), i)).toList(), router.map(place -> router(place, routed)));
        distributor.ifPresentOrElse(
                there -> outlets.add(new Outlet(bbmd.get(), (datagram, sender) -> there.hear(datagram, sender, lan))),
                () -> outlets.add(new Outlet(new Place(List.of(sockets.broadcast()), Schedule.NEVER, clock),
                        (datagram, sender) -> Frame.parse(datagram)
                                .ifPresent(frame -> lan.broadcast(frame, Peer.of(frame, sender))))));
    }

    /** Which addresses are needed, counted from the first device's: one for each device, and those after the last. */
    static IntStream addresses(Settings settings, List<Controller> devices) {
        Condition network = settings.faults().ofNetwork();
        long spare = devices.stream().filter(device -> moves(settings, device)).count() + (settings.bbmd() ? 1 : 0);
        if (devices.stream().anyMatch(device -> routed(settings, device))) {
            spare += network.has(Fault.ROUTER_MOVE) ? 2 : 1;
        }
        return IntStream.concat(
                IntStream.range(0, devices.size()).filter(i -> !routed(settings, devices.get(i))),
                IntStream.range(devices.size(), devices.size() + (int) spare));
    }

    List<Outlet> outlets() {
        return outlets;
    }

    List<Station> stations() {
        return stations;
    }

    /** For those that start the program: where router and BBMD are. */
    String addresses() {
        return router.map(place -> " router=" + place.host()).orElse("")
                + bbmd.map(place -> " bbmd=" + place.host()).orElse("");
    }

    private static boolean routed(Settings settings, Controller device) {
        return settings.behindRouter().contains(device.instance());
    }

    private static boolean moves(Settings settings, Controller device) {
        return device.condition().has(Fault.MOVE) && !routed(settings, device);
    }

    private Station station(Controller device, int address) {
        Place place = place(device.condition(), Fault.MOVE, address);
        Station station = station(device, NOT_ROUTED, place);
        outlets.add(new Outlet(place, (datagram, sender) -> Frame.parse(datagram).filter(Frame::isForDevices)
                .ifPresent(frame -> station.hear(frame, Peer.of(frame, sender), false))));
        return station;
    }

    private Station station(Controller device, byte[] source, Place place) {
        Station station = new Station(device, source, new Wire(place, device.condition(), agenda), everybody, agenda);
        stations.add(station);
        return station;
    }

    private Router router(Place place, List<Controller> devices) {
        List<Station> behind = IntStream.range(0, devices.size()).mapToObj(i ->
                station(devices.get(i), Router.source(settings.network(), i + 1), place)).toList();
        Router router = new Router(settings.network(), behind, new Wire(place, network, agenda), network, clock);
        outlets.add(new Outlet(place, (datagram, sender) -> Frame.parse(datagram)
                .ifPresent(frame -> router.hear(frame, Peer.of(frame, sender), false))));
        return router;
    }

    private Place place(int address) {
        return new Place(List.of(sockets.devices().get(address)), Schedule.NEVER, clock);
    }

    /** @param move what makes it go to the next spare address */
    private Place place(Condition condition, Fault move, int address) {
        return !condition.has(move) ? place(address) : new Place(List.of(sockets.devices().get(address),
                sockets.devices().get(spare++)), condition.when(move), clock);
    }
}
