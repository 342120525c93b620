// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import static org.junit.Assert.assertEquals;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.coppercube.api.firewall.InboundPort;
import org.coppercube.collector.bacnet.settings.Settings;
import org.coppercube.collector.bacnet.settings.SettingsFile;
import org.coppercube.collector.bacnet.settings.WrongSetting;
import org.junit.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Which ports are registered. */
public class OpeningsTest {
    private static final UdpPort ONE = new UdpPort(47808, "10.0.0.0/24", "one");
    private static final UdpPort OTHER = new UdpPort(47808, "", "other");

    private final Set<Object> registered = new HashSet<>();
    private int registrations;
    private final Openings openings = new Openings(proxy(BundleContext.class, (method, arguments) -> {
        assertEquals("registerService", method);
        assertEquals(InboundPort.class, arguments[0]);
        registered.add(arguments[1]);
        registrations++;
        return proxy(ServiceRegistration.class, (unregister, none) -> registered.remove(arguments[1]) ? null : null);
    }));

    /** What a framework does. */
    @FunctionalInterface
    private interface Call {
        Object made(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> call.made(method.getName(), arguments)));
    }

    @Test
    public void thoseThatAreNeededAreRegisteredAndNoOthers() {
        openings.need(Set.of(ONE));
        openings.need(Set.of(ONE, OTHER));
        assertEquals(Set.of(ONE, OTHER), registered);
        assertEquals("one that stays is left alone", 2, registrations);
        openings.need(Set.of(OTHER));
        assertEquals(Set.of(OTHER), registered);
        openings.close();
        openings.need(Set.of(ONE));
        assertEquals(Set.of(), registered);
    }

    private static Settings settings(Map<String, Object> more) throws WrongSetting {
        Map<String, Object> properties = new HashMap<>(Map.of("site", "hq", "interface", "10.7.0.5",
                "service.pid", "org.coppercube.collector.bacnet~west"));
        properties.putAll(more);
        return Settings.read(new SettingsFile(properties));
    }

    @Test
    public void discoveryBbmdsAndNotificationsNeedThem() throws Exception {
        String devices = "BACnet devices of network west tell where they are";
        Attachment attachment =
                new Attachment(InetAddress.getByName("10.7.0.5"), InetAddress.getByName("10.7.63.255"), 18);
        Attachment alone = new Attachment(InetAddress.getByName("10.7.0.5"), null, 32);
        List<InetSocketAddress> bbmds = List.of(new InetSocketAddress("10.9.0.1", 47808));
        assertEquals(Set.of(new UdpPort(47808, "10.7.0.0/18", devices), new UdpPort(50001, "10.7.0.0/18", devices)),
                UdpPort.needed(settings(Map.of()), attachment, 50001, List.of()));
        assertEquals(Set.of(new UdpPort(47808, "10.7.0.0/18", devices)),
                UdpPort.needed(settings(Map.of()), attachment, 47808, List.of()));
        assertEquals("nobody is looked for", Set.of(),
                UdpPort.needed(settings(Map.of("device.ranges", "")), attachment, 50001, List.of()));
        String forwards = "A BBMD forwards to network west what BACnet devices tell all";
        assertEquals(Set.of(new UdpPort(50001, "10.9.0.1", forwards),
                new UdpPort(50001, "", "BACnet devices behind a BBMD of network west tell where they are"),
                new UdpPort(50001, "", "BACnet devices of network west notify of logs that fill up")),
                UdpPort.needed(settings(Map.of("notifications", true, "local.port", 50001)), alone, 50001, bbmds));
        assertEquals("nobody is looked for", Set.of(new UdpPort(50001, "10.9.0.1", forwards)),
                UdpPort.needed(settings(Map.of("device.ranges", "")), alone, 50001, bbmds));
        assertEquals(InboundPort.Transport.UDP, ONE.transport());
    }
}
