// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.coppercube.api.firewall.InboundPort;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The ports that are registered for one network just now. Used by any thread. */
public final class Openings implements AutoCloseable {
    private final BundleContext context;
    private final Map<UdpPort, ServiceRegistration<?>> open = new HashMap<>();
    private boolean closed;

    public Openings(BundleContext context) {
        this.context = context;
    }

    /** From now on these are needed, and no others. */
    public synchronized void need(Set<UdpPort> ports) {
        if (closed) {
            return;
        }
        Set.copyOf(open.keySet()).stream().filter(port -> !ports.contains(port))
                .forEach(port -> open.remove(port).unregister());
        ports.forEach(port ->
                open.computeIfAbsent(port, one -> context.registerService(InboundPort.class, one, null)));
    }

    @Override
    public synchronized void close() {
        need(Set.of());
        closed = true;
    }
}
