// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.coppercube.collector.bacnet.message.Station;

/** The two envelopes of BACnet/IP: the virtual link's (ASHRAE 135, annex J) and the network layer's (6.2.2). */
public final class Frames {
    static final int RESULT = 0x00;
    public static final int FORWARDED = 0x04;
    static final int REGISTER_FOREIGN = 0x05;
    static final int DELETE_FOREIGN = 0x08;
    static final int DISTRIBUTE = 0x09;
    public static final int UNICAST = 0x0A;
    public static final int BROADCAST = 0x0B;

    public static final int WHO_IS_ROUTER = 0x00;
    static final int I_AM_ROUTER = 0x01;
    static final int REJECT_MESSAGE = 0x03;

    private static final int BACNET_IP = 0x81;
    private static final int EXPECTS_REPLY = 4;
    private static final int ALL_NETWORKS = 0xFFFF;
    private static final HexFormat HEX = HexFormat.of();

    private Frames() {
    }

    /** Function of a datagram, -1 if it is no BACnet/IP or lies about its length. */
    public static int function(byte[] frame) {
        boolean sound = frame.length >= 4 && (frame[0] & 0xFF) == BACNET_IP && word(frame, 2) == frame.length;
        return sound ? frame[1] & 0xFF : -1;
    }

    /** A datagram of the virtual link. */
    public static ByteBuffer wrap(int function, byte[]... parts) {
        int length = 4 + Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer frame = ByteBuffer.allocate(length);
        frame.put((byte) BACNET_IP).put((byte) function).putShort((short) length);
        for (byte[] part : parts) {
            frame.put(part);
        }
        return frame.flip();
    }

    /** The six bytes of an address and port, at an offset in a datagram. */
    static InetSocketAddress address(byte[] frame, int at) {
        try {
            InetAddress address = InetAddress.getByAddress(Arrays.copyOfRange(frame, at, at + 4));
            return new InetSocketAddress(address, word(frame, at + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
        }
    }

    /** The reverse of {@link #address}. */
    public static byte[] bytes(InetSocketAddress address) {
        return ByteBuffer.allocate(6).put(((Inet4Address) address.getAddress()).getAddress())
                .putShort((short) address.getPort()).array();
    }

    /** Where the application layer's part begins; -1 if there is none, or it is for another network. */
    public static int application(byte[] frame, int from) {
        int content = content(frame, from);
        return content < 0 || isForRouters(frame, from) ? -1 : content;
    }

    /** Whether it is a message of the network layer; only to be asked when there is {@link #content}. */
    static boolean isForRouters(byte[] frame, int from) {
        return (frame[from + 1] & 0x80) != 0;
    }

    /** Whether a router has passed it on; likewise. */
    static boolean isRouted(byte[] frame, int from) {
        return (frame[from + 1] & 8) != 0;
    }

    /** Where the network layer's header ends; -1 if there is none, or it is for another network. */
    static int content(byte[] frame, int from) {
        if (frame.length < from + 2 || frame[from] != 1) {
            return -1;
        }
        int at = from + 2;
        boolean destined = (frame[from + 1] & 0x20) != 0;
        if (destined) {
            if (frame.length < at + 3 || word(frame, at) != ALL_NETWORKS) {
                return -1;
            }
            at += 3 + (frame[at + 2] & 0xFF);
        }
        if (isRouted(frame, from)) {
            if (frame.length < at + 3 || frame[at + 2] < 1 || frame[at + 2] > 18 || !isOneNetwork(word(frame, at))) {
                return -1;
            }
            at += 3 + frame[at + 2];
        }
        at += destined ? 1 : 0; // hop count
        return at < frame.length ? at : -1;
    }

    /** Nobody can be on all networks: an answer to him would go to everybody. */
    private static boolean isOneNetwork(int number) {
        return number != 0 && number != ALL_NETWORKS;
    }

    /** Who sent it; only to be called when {@link #application} found something. */
    public static Station source(byte[] frame, int from, InetSocketAddress link) {
        if (!isRouted(frame, from)) {
            return new Station(link);
        }
        int at = from + 2 + ((frame[from + 1] & 0x20) == 0 ? 0 : 3 + (frame[from + 4] & 0xFF));
        return new Station(link, word(frame, at), HEX.formatHex(frame, at + 3, at + 3 + frame[at + 2]));
    }

    /** The network layer's header for an APDU to a station. */
    static byte[] header(Station to, boolean isQuestion) {
        int control = isQuestion ? EXPECTS_REPLY : 0;
        if (to.network() == 0) {
            return new byte[] {1, (byte) control};
        }
        byte[] mac = HEX.parseHex(to.mac());
        return ByteBuffer.allocate(6 + mac.length).put((byte) 1).put((byte) (control | 0x20))
                .putShort((short) to.network()).put((byte) mac.length).put(mac).put((byte) 0xFF).array();
    }

    /** The network layer's header for a broadcast to all networks. */
    public static byte[] globalHeader() {
        return new byte[] {1, 0x20, (byte) 0xFF, (byte) 0xFF, 0, (byte) 0xFF};
    }

    /** The network layer's message that asks for the routers to a network (6.4.1). */
    public static byte[] whoIsRouterTo(int network) {
        return new byte[] {1, (byte) 0x80, WHO_IS_ROUTER, (byte) (network >> 8), (byte) network};
    }

    static int word(byte[] frame, int at) {
        return (frame[at] & 0xFF) << 8 | frame[at + 1] & 0xFF;
    }
}
