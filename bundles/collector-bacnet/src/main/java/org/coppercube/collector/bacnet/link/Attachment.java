// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coppercube.collector.bacnet.message.HostPort;

/**
 * Where the appliance is connected.
 *
 * @param address its own address
 * @param broadcast address that reaches all neighbours; null where there are none, as on a point-to-point link
 * @param prefix length of the part of the address that all neighbours share
 */
public record Attachment(InetAddress address, InetAddress broadcast, int prefix) {

    /** How one is found. */
    @FunctionalInterface
    public interface Finder {
        Attachment find(String named) throws IOException;
    }

    /**
     * Finds it.
     *
     * @param named an IPv4 address of this machine, or the name of a network interface
     * @throws IOException if this machine has neither, which may change
     */
    public static Attachment find(String named) throws IOException {
        InetAddress wanted = HostPort.isAddress(named) ? InetAddress.getByName(named) : null;
        if (wanted != null && wanted.isLoopbackAddress()) { // any of 127/8 is ours, though the interface lists one
            return new Attachment(wanted, InetAddress.getByName("127.255.255.255"), 8);
        }
        for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InterfaceAddress at : one.getInterfaceAddresses()) {
                boolean meant = wanted == null ? one.getName().equals(named) : at.getAddress().equals(wanted);
                if (meant && at.getAddress() instanceof Inet4Address) {
                    return new Attachment(at.getAddress(), broadcast(at), at.getNetworkPrefixLength());
                }
            }
        }
        throw new SocketException("this machine has no network interface or IPv4 address " + named);
    }

    boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    /** Our neighbours, as {@code 10.0.0.0/8}. */
    String neighbours() {
        int first = ByteBuffer.wrap(address.getAddress()).getInt() & ~(int) (0xFFFFFFFFL >>> prefix);
        return Stream.of(24, 16, 8, 0).map(shift -> String.valueOf(first >>> shift & 0xFF))
                .collect(Collectors.joining(".", "", "/" + prefix));
    }

    /** Computed, because some container networks say 0.0.0.0. */
    private static InetAddress broadcast(InterfaceAddress at) throws IOException {
        int bits = at.getNetworkPrefixLength();
        if (bits < 1 || bits > 30) {
            return null;
        }
        int all = ByteBuffer.wrap(at.getAddress().getAddress()).getInt() | -1 >>> bits;
        return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(all).array());
    }
}
