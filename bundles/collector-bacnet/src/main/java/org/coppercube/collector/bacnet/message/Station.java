// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a BACnet device is. In words, which are those of the settings: {@code 10.0.0.5:47808}, or behind a router
 * {@code 10.0.0.5:47808/2001/12}, network and address there. An address of one byte, as on MS/TP, is a decimal number;
 * a longer one is hexadecimal, {@code 0x0a000005bac0}.
 *
 * @param link address that datagrams to it go to: its own, or its router's; unresolved where the settings name a host
 * @param network number of the network behind that router, 0 when there is none in between
 * @param mac its address on that network, hexadecimal; empty when there is no router
 */
public record Station(InetSocketAddress link, int network, String mac) {
    private static final int LAST_NETWORK = 65534; // one more means all (ASHRAE 135, 6.2.2)
    private static final Pattern ROUTED =
            Pattern.compile("([^/]+)/(\\d{1,5})/(?:(\\d{1,3})|0x((?:\\p{XDigit}{2}){1,18}))");

    public Station(InetSocketAddress link) {
        this(link, 0, "");
    }

    /** Empty if it is no station; a router must be named by its address, because that is what it is recognised by. */
    public static Optional<Station> parse(String text, int usualPort) {
        Matcher routed = ROUTED.matcher(text);
        if (!routed.matches()) {
            return HostPort.parse(text, usualPort).map(Station::new);
        }
        int network = Integer.parseInt(routed.group(2));
        int number = routed.group(3) == null ? 0 : Integer.parseInt(routed.group(3));
        String mac = routed.group(3) == null ? routed.group(4).toLowerCase(Locale.ROOT) : "%02x".formatted(number);
        boolean possible = network > 0 && network <= LAST_NETWORK && number <= 255;
        return HostPort.parse(routed.group(1), usualPort).filter(router -> possible && !router.isUnresolved())
                .map(router -> new Station(router, network, mac));
    }

    @Override
    public String toString() {
        String text = link.getHostString() + ":" + link.getPort();
        return network == 0 ? text
                : text + "/" + network + "/" + (mac.length() == 2 ? Integer.parseInt(mac, 16) : "0x" + mac);
    }
}
