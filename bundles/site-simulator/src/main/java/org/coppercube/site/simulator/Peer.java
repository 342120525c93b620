// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.net.SocketAddress;

/**
 * Somebody on the network to whom devices can send.
 *
 * @param route network, length and address of one behind a router, empty for a neighbour
 * @param path takes what is sent as far as a datagram can
 */
record Peer(byte[] route, Path path) {

    /** Some way on which an NPDU leaves a device. */
    @FunctionalInterface
    interface Path {
        void carry(byte[] npdu, Wire from);
    }

    /** The route to everybody on all networks. */
    static final byte[] ALL = {(byte) 0xFF, (byte) 0xFF, 0};

    /** Whoever sent this frame from this address. */
    static Peer of(Frame frame, SocketAddress sender) {
        return new Peer(frame.source(), directly(sender));
    }

    static Path directly(SocketAddress receiver) {
        return (npdu, from) -> from.send(Frame.unicast(npdu), receiver);
    }
}
