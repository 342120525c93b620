// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One BACnet/IP datagram without its envelopes (ASHRAE 135, clause 6 and Annex J).
 *
 * @param apdu the application's part
 * @param source network, length and address of a sender behind a router, empty for a neighbour
 */
record Frame(ByteBuffer apdu, byte[] source) {

    private static final byte BACNET_IP = (byte) 0x81;
    private static final byte UNICAST = 0x0A;
    private static final byte BROADCAST = 0x0B;
    private static final byte NPDU_VERSION = 1;
    private static final int NETWORK_MESSAGE = 0x80;
    private static final int HAS_DESTINATION = 0x20;
    private static final int HAS_SOURCE = 0x08;
    private static final int ALL_NETWORKS = 0xFFFF;
    private static final byte HOPS = (byte) 0xFF;

    /** @return nothing if it is not whole, or not for an application on this network */
    static Optional<Frame> parse(ByteBuffer datagram) {
        try {
            int length = datagram.remaining();
            byte protocol = datagram.get();
            byte function = datagram.get();
            boolean sound = protocol == BACNET_IP && (function == UNICAST || function == BROADCAST)
                    && Short.toUnsignedInt(datagram.getShort()) == length && datagram.get() == NPDU_VERSION;
            return sound ? unwrap(datagram) : Optional.empty();
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static Optional<Frame> unwrap(ByteBuffer npdu) {
        int control = npdu.get();
        boolean ours = (control & NETWORK_MESSAGE) == 0;
        if ((control & HAS_DESTINATION) != 0) {
            ours &= Short.toUnsignedInt(npdu.getShort()) == ALL_NETWORKS;
            npdu.get(new byte[Byte.toUnsignedInt(npdu.get())]);
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
        return ours ? Optional.of(new Frame(npdu, source)) : Optional.empty();
    }

    /** The datagram that takes an answer to whoever sent this one. */
    ByteBuffer reply(byte[] answer) {
        boolean routed = source.length > 0;
        int length = 6 + (routed ? source.length + 1 : 0) + answer.length;
        ByteBuffer out = ByteBuffer.allocate(length)
                .put(BACNET_IP).put(UNICAST).putShort((short) length)
                .put(NPDU_VERSION).put((byte) (routed ? HAS_DESTINATION : 0)).put(source);
        if (routed) {
            out.put(HOPS);
        }
        return out.put(answer).flip();
    }
}
