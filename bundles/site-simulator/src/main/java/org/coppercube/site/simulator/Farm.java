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
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts controllers on the network and answers for all of them with one thread. */
final class Farm implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Farm.class);
    private static final int TURN = 16; // datagrams that one device may have answered before the others' turn

    private record Station(Controller device, DatagramChannel channel) {
    }

    private final List<Station> stations;
    private final Sockets sockets;
    private final Selector selector;
    private final Thread thread;
    private final ByteBuffer received = ByteBuffer.allocateDirect(2048);
    private volatile boolean closing;

    /** @param sockets one for each device; closed with the farm */
    Farm(List<Controller> devices, Sockets sockets) throws IOException {
        this.sockets = sockets;
        this.selector = Selector.open();
        this.stations = IntStream.range(0, devices.size())
                .mapToObj(i -> new Station(devices.get(i), sockets.devices().get(i))).toList();
        sockets.broadcast().register(selector, SelectionKey.OP_READ);
        for (Station station : stations) {
            station.channel.register(selector, SelectionKey.OP_READ, station);
        }
        this.thread = new Thread(this::serve, "site-simulator-network");
        thread.start();
    }

    private void serve() {
        try {
            while (!closing) {
                selector.select(this::hear);
            }
        } catch (IOException e) {
            LOG.error("The simulated network is down ({})", e.toString(), e);
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
                Frame.parse(received.flip()).ifPresent(frame -> answer(frame, (Station) key.attachment(), sender));
            }
        } catch (IOException | RuntimeException e) { // one datagram must not end the building
            LOG.warn("A datagram was not answered ({}); going on", e.toString(), e);
        }
    }

    /** @param asked the device the frame was sent to, null for a broadcast */
    private void answer(Frame frame, Station asked, SocketAddress sender) {
        Optional<WhoIs> whoIs = WhoIs.parse(frame.apdu());
        if (whoIs.isPresent()) {
            List<Station> meant = asked == null ? stations : List.of(asked);
            meant.stream().filter(station -> whoIs.get().means(station.device))
                    .forEach(station -> send(station, frame.reply(WhoIs.iAm(station.device)), sender));
        } else if (asked != null) {
            byte[] answer = Dialogue.answer(asked.device, frame.apdu());
            if (answer != null) {
                send(asked, frame.reply(answer), sender);
            }
        }
    }

    private static void send(Station station, ByteBuffer datagram, SocketAddress receiver) {
        try {
            station.channel.send(datagram, receiver);
        } catch (IOException e) {
            LOG.debug("Device {} could not answer {} ({})", station.device.instance(), receiver, e.toString());
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
