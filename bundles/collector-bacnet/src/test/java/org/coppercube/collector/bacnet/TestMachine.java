// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.coppercube.api.archive.ArchiveIntake;
import org.coppercube.collector.bacnet.link.Attachment;
import org.coppercube.collector.bacnet.link.Machine;
import org.coppercube.collector.bacnet.link.UdpPort;

/** A machine whose interface, names and clock a test has in its hand. */
public final class TestMachine {
    /** What it looks to network software. */
    final Machine machine = new Machine(this::find, this::resolve, ports -> inbound = ports,
            InstantSource.system(), Duration.ofSeconds(2));
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private volatile boolean unplugged;
    private volatile Set<UdpPort> inbound = Set.of();

    public static int freePort() {
        return freePort(0);
    }

    /** A port that nobody has just now, and not this one. */
    public static int freePort(int other) {
        int tried = 0;
        while (true) {
            int port = 48100 + (int) (Math.random() * 100);
            try (DatagramSocket any = new DatagramSocket(port)) {
                if (port != other) {
                    return any.getLocalPort();
                }
            } catch (SocketException e) {
                if (++tried == 1000) {
                    throw new AssertionError("no port is free", e);
                }
            }
        }
    }

    /** Takes the interface away, or puts it back. */
    void unplug(boolean unplugged) {
        this.unplugged = unplugged;
    }

    /** From now on the host is there. */
    public void name(String host, String address) {
        names.put(host, address);
    }

    Set<UdpPort> inbound() {
        return inbound;
    }

    private Attachment find(String named) throws IOException {
        if (unplugged) {
            throw new IOException("this machine has no network interface or IPv4 address " + named);
        }
        return Attachment.find(named);
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        String address = Optional.ofNullable(names.get(host)).orElseThrow(() -> new UnknownHostException(host));
        return new InetAddress[] {InetAddress.getByName("::1"), InetAddress.getByName(address)};
    }

    public Collector network(ArchiveIntake intake, Object... keysAndValues) {
        return network(machine, intake, keysAndValues);
    }

    public static Collector network(Machine machine, ArchiveIntake intake, Object... keysAndValues) {
        Map<String, Object> properties = new HashMap<>(Map.of("service.pid", "org.coppercube.collector.bacnet~wire",
                "site", "hq", "interface", "127.0.31.1", "apdu.timeout.ms", 500, "apdu.retries", 1));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return (Collector) BacnetNetwork.network(intake, properties, machine);
    }
}
