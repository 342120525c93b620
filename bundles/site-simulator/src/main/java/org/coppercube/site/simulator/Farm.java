// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts controllers on the network and answers for all of them with one thread. */
final class Farm implements AutoCloseable {

    /** Takes what arrives at a socket. */
    @FunctionalInterface
    private interface Ear {
        void hear(ByteBuffer datagram, SocketAddress sender);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Farm.class);
    private static final int TURN = 16; // datagrams that one device may have answered before the others' turn
    private static final byte[] NOT_ROUTED = {};

    private final Agenda agenda = new Agenda();
    private final SimulatedClock clock;
    private final Sockets sockets;
    private final Selector selector;
    private final Thread thread;
    private final ByteBuffer received = ByteBuffer.allocateDirect(2048);
    private volatile boolean closing;

    private Farm(Settings settings, SimulatedClock clock, List<Controller> devices, Sockets sockets)
            throws IOException {
        this.clock = clock;
        this.sockets = sockets;
        this.selector = Selector.open();
        List<Station> stations = new ArrayList<>();
        int spare = devices.size();
        for (int i = 0; i < devices.size(); i++) {
            Condition condition = devices.get(i).condition();
            Place place = condition.has(Fault.MOVE) ? place(condition.when(Fault.MOVE), i, spare++)
                    : place(Schedule.NEVER, i);
            Station station = new Station(devices.get(i), NOT_ROUTED, new Wire(place, condition, agenda));
            stations.add(station);
            listen(place, (datagram, sender) -> Frame.parse(datagram).filter(Frame::isForDevices)
                    .ifPresent(frame -> station.hear(frame, Peer.of(frame, sender), false)));
        }
        Lan lan = new Lan(stations);
        listen(new Place(List.of(sockets.broadcast()), Schedule.NEVER, clock), (datagram, sender) ->
                Frame.parse(datagram).ifPresent(frame -> lan.broadcast(frame, Peer.of(frame, sender))));
        this.thread = new Thread(this::serve, "site-simulator-network");
    }

    static Farm open(Settings settings, SimulatedClock clock, List<Controller> devices) throws IOException {
        int spare = (int) devices.stream().filter(device -> device.condition().has(Fault.MOVE)).count();
        Sockets sockets = Sockets.open(settings.broadcast(), settings.bind(), devices.size() + spare, settings.port());
        Farm farm = new Farm(settings, clock, devices, sockets);
        farm.thread.start();
        return farm;
    }

    int port() {
        return sockets.port();
    }

    private Place place(Schedule moves, int... addresses) {
        return new Place(IntStream.of(addresses).mapToObj(sockets.devices()::get).toList(), moves, clock);
    }

    private void listen(Place place, Ear ear) throws ClosedChannelException {
        for (DatagramChannel channel : place.channels()) {
            Ear here = (datagram, sender) -> {
                if (place.isAt(channel)) {
                    ear.hear(datagram, sender);
                }
            };
            channel.register(selector, SelectionKey.OP_READ, here);
        }
    }

    private void serve() {
        try {
            while (!closing) {
                selector.select(this::hear, agenda.pause());
                work();
            }
        } catch (IOException e) {
            LOG.error("The simulated network is down ({})", e.toString(), e);
        }
    }

    private void work() {
        try {
            while (agenda.work()) {
                continue;
            }
        } catch (RuntimeException e) { // as in hear
            LOG.warn("Something on the agenda was not done ({}); going on", e.toString(), e);
        }
    }

    private void hear(SelectionKey key) {
        DatagramChannel channel = (DatagramChannel) key.channel();
        try {
            for (int i = 0; i < TURN; i++) {
                SocketAddress sender = channel.receive(received.clear());
                if (sender == null) {
                    return;
                }
                ((Ear) key.attachment()).hear(received.flip(), sender);
            }
        } catch (IOException | RuntimeException e) { // one datagram must not end the building
            LOG.warn("A datagram was not answered ({}); going on", e.toString(), e);
        }
    }

    /** Returns after that time, 0 being never, or when the network is down. */
    void await(Duration atMost) throws InterruptedException {
        thread.join(atMost.toMillis());
    }

    /** Stops answering; returns within a second. */
    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the sockets are closed all the same
        }
        selector.close();
        sockets.close();
    }
}
