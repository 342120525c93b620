// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.net.InetSocketAddress;

/**
 * Where a BACnet device is.
 *
 * @param link address that datagrams to it go to: its own, or its router's; unresolved where the settings name a host
 * @param network number of the network behind that router, 0 when there is none in between
 * @param mac its address on that network, hexadecimal; empty when there is no router
 */
record Station(InetSocketAddress link, int network, String mac) {

    Station(InetSocketAddress link) {
        this(link, 0, "");
    }

    @Override
    public String toString() {
        String text = link.getHostString() + ":" + link.getPort();
        return network == 0 ? text : text + " (network " + network + ", " + mac + ")";
    }
}
