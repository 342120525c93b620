// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where something is on the network: one socket, or two between which it moves. */
record Place(List<DatagramChannel> channels, Schedule moves, SimulatedClock clock) {

    private static final Logger LOG = LoggerFactory.getLogger(Place.class);

    boolean isAt(DatagramChannel channel) {
        return channel == channel();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) channel().socket().getLocalSocketAddress();
    }

    String host() {
        return address().getAddress().getHostAddress();
    }

    void send(ByteBuffer datagram, SocketAddress receiver) {
        try {
            channel().send(datagram, receiver);
        } catch (IOException e) {
            LOG.debug("{} could not send to {} ({})", address(), receiver, e.toString());
        }
    }

    private DatagramChannel channel() {
        return channels.get((int) (moves.count(clock.now()) % channels.size()));
    }
}
