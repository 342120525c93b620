// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts controllers on the network and answers for all of them with one thread. */
final class Farm implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Farm.class);
    private static final int TURN = 16; // datagrams that one device may have answered before the others' turn
    private static final long ANNOUNCEMENTS_MILLIS = 250;

    private final Agenda agenda = new Agenda();
    private final Cabling cabling;
    private final Sockets sockets;
    private final Selector selector;
    private final Thread thread;
    private final ByteBuffer received = ByteBuffer.allocateDirect(2048);
    private volatile boolean closing;

    /** @param sockets closed with the farm */
    private Farm(Settings settings, SimulatedClock clock, List<Controller> devices, Sockets sockets)
            throws IOException {
        this.sockets = sockets;
        this.selector = Selector.open();
        this.cabling = new Cabling(settings, clock, devices, sockets, agenda);
        for (Cabling.Outlet outlet : cabling.outlets()) {
            for (DatagramChannel channel : outlet.place().channels()) {
                channel.register(selector, SelectionKey.OP_READ, outlet);
            }
        }
        if (settings.notifyEvery() > 0) {
            announce();
        }
        this.thread = new Thread(this::serve, "site-simulator-network");
        thread.start();
    }

    /** @throws IOException if an address cannot be had; its message says which */
    static Farm open(Settings settings, SimulatedClock clock, List<Controller> devices) throws IOException {
        return new Farm(settings, clock, devices, Sockets.open(settings.broadcast(), settings.bind(),
                Cabling.addresses(settings, devices).boxed().toList(), settings.port()));
    }

    int port() {
        return sockets.port();
    }

    /** Where router and BBMD are, each as {@code  name=address}. */
    String addresses() {
        return cabling.addresses();
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

    private void announce() {
        agenda.after(ANNOUNCEMENTS_MILLIS, this::announce);
        cabling.stations().forEach(Station::announce);
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
                Cabling.Outlet outlet = (Cabling.Outlet) key.attachment();
                if (outlet.place().isAt(channel)) {
                    outlet.ear().hear(received.flip(), sender);
                }
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
