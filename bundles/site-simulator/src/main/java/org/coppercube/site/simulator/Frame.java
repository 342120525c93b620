// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a BACnet/IP datagram carries from network to network (an NPDU; ASHRAE 135, clause 6 and Annex J).
 *
 * @param network where it is to go, {@link #THIS_NETWORK} and {@link #ALL_NETWORKS} included
 * @param station address of the receiver there, empty for all on that network
 * @param source network, length and address of a sender behind a router, empty for a neighbour
 * @param message whether the content is for routers; otherwise it is an APDU
 */
record Frame(int network, byte[] station, byte[] source, boolean message, ByteBuffer content) {

    static final int THIS_NETWORK = -1;
    static final int ALL_NETWORKS = 0xFFFF;

    private static final byte BACNET_IP = (byte) 0x81;
    private static final byte UNICAST = 0x0A;
    private static final byte BROADCAST = 0x0B;
    private static final byte NPDU_VERSION = 1;
    private static final int NETWORK_MESSAGE = 0x80;
    private static final int HAS_DESTINATION = 0x20;
    private static final int HAS_SOURCE = 0x08;
    private static final int EXPECTING_REPLY = 0x04;
    private static final byte HOPS = (byte) 0xFF;

    /** @return nothing if the datagram is not whole, or between BBMDs */
    static Optional<Frame> parse(ByteBuffer datagram) {
        try {
            int length = datagram.remaining();
            byte protocol = datagram.get();
            byte function = datagram.get();
            boolean sound = protocol == BACNET_IP && (function == UNICAST || function == BROADCAST)
                    && Short.toUnsignedInt(datagram.getShort()) == length;
            return sound ? parseNpdu(datagram) : Optional.empty();
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    /** @return nothing if it is not whole */
    static Optional<Frame> parseNpdu(ByteBuffer npdu) {
        try {
            return npdu.get() == NPDU_VERSION ? Optional.of(unwrap(npdu)) : Optional.empty();
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static Frame unwrap(ByteBuffer npdu) {
        int control = npdu.get();
        int network = THIS_NETWORK;
        byte[] station = {};
        if ((control & HAS_DESTINATION) != 0) {
            network = Short.toUnsignedInt(npdu.getShort());
            station = new byte[Byte.toUnsignedInt(npdu.get())];
            npdu.get(station);
        }
        byte[] source = {};
        if ((control & HAS_SOURCE) != 0) {
            npdu.mark().getShort();
            source = new byte[3 + Byte.toUnsignedInt(npdu.get())];
            npdu.reset().get(source);
        }
        if ((control & HAS_DESTINATION) != 0) {
            npdu.get(); // hop count
        }
        return new Frame(network, station, source, (control & NETWORK_MESSAGE) != 0, npdu.slice());
    }

    /** Whether a device that gets it from its own network is meant. */
    boolean isForDevices() {
        return !message && (network == THIS_NETWORK || network == ALL_NETWORKS);
    }

    /** The APDU, to be read from its start by each that it reaches. */
    ByteBuffer apdu() {
        return content.duplicate();
    }

    /** @param destination and {@code source}: network, length and address, empty for this network */
    static byte[] npdu(byte[] destination, byte[] source, boolean expectingReply, byte[] apdu) {
        return npdu(expectingReply ? EXPECTING_REPLY : 0, destination, source, apdu);
    }

    /** A message from a router. */
    static byte[] message(byte[] destination, byte[] message) {
        return npdu(NETWORK_MESSAGE, destination, new byte[0], message);
    }

    private static byte[] npdu(int kind, byte[] destination, byte[] source, byte[] content) {
        boolean routed = destination.length > 0;
        int control = kind | (routed ? HAS_DESTINATION : 0) | (source.length > 0 ? HAS_SOURCE : 0);
        ByteBuffer out = ByteBuffer.allocate(2 + destination.length + source.length + (routed ? 1 : 0) + content.length)
                .put(NPDU_VERSION).put((byte) control).put(destination).put(source);
        if (routed) {
            out.put(HOPS);
        }
        return out.put(content).array();
    }

    static ByteBuffer unicast(byte[] npdu) {
        return datagram(UNICAST, npdu);
    }

    static ByteBuffer broadcast(byte[] npdu) {
        return datagram(BROADCAST, npdu);
    }

    static ByteBuffer datagram(byte function, byte[] content) {
        return ByteBuffer.allocate(4 + content.length).put(BACNET_IP).put(function)
                .putShort((short) (4 + content.length)).put(content).flip();
    }
}
