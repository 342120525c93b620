// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.coppercube.api.firewall.InboundPort;
import org.coppercube.collector.bacnet.settings.Settings;

/** A port of ours that devices must be able to reach without having been asked. */
public record UdpPort(int port, String remote, String reason) implements InboundPort {

    @Override
    public Transport transport() {
        return Transport.UDP;
    }

    /**
     * What a network needs. Answers to our own questions need no open port: they are part of an exchange that we began.
     *
     * @param own our port
     */
    public static Set<UdpPort> needed(Settings settings, Attachment attachment, int own,
            Collection<InetSocketAddress> bbmds) {
        Set<UdpPort> needed = new LinkedHashSet<>();
        String network = " network " + settings.name();
        boolean searching = !settings.ranges().slices(Integer.MAX_VALUE).isEmpty();
        if (attachment.broadcast() != null && searching) {
            IntStream.of(settings.port(), own).forEach(port -> needed.add(new UdpPort(port, attachment.neighbours(),
                    "BACnet devices of" + network + " tell where they are")));
        }
        bbmds.forEach(bbmd -> needed.add(new UdpPort(own, bbmd.getAddress().getHostAddress(),
                "A BBMD forwards to" + network + " what BACnet devices tell all")));
        if (!bbmds.isEmpty() && searching) { // they may answer the BBMD's Who-Is to us alone (ASHRAE 135, 16.10)
            needed.add(new UdpPort(own, "", "BACnet devices behind a BBMD of" + network + " tell where they are"));
        }
        if (settings.notifications()) {
            needed.add(new UdpPort(own, "", "BACnet devices of" + network + " notify of logs that fill up"));
        }
        return needed;
    }
}
