// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.collector.bacnet.link.UdpPort;
import org.junit.After;
import org.junit.Test;

/** Interfaces, ports and names that are not there, go, and come. */
public class ReopeningTest {
    private static final String FILE = "org.coppercube.collector.bacnet-wire.cfg";

    private final int port = TestMachine.freePort();
    private final int local = TestMachine.freePort(port);
    private final MemoryIntake intake = new MemoryIntake();
    private final TestMachine machine = new TestMachine();
    private Collector network;

    @After
    public void close() {
        if (network != null) {
            network.close();
        }
    }

    private void awaitDown(String cause) {
        Await.until("it is down because of " + cause, () -> network.network().state() == NetworkState.State.DOWN);
        assertEquals(cause, network.network().cause());
    }

    @Test
    public void anInterfaceThatGoesIsNamedWithFileAndKeyAndUsedWhenItComesBack() throws Exception {
        try (Farm farm = new Farm(1, 1, 10, port, (request, answer) -> answer)) {
            network = machine.network(intake, "port", port, "devices", farm.list());
            Await.until("it is collected", () -> network.network().state() == NetworkState.State.COLLECTING);
            Await.until("it is said who must come in", () -> !machine.inbound().isEmpty());
            long asked = network.traffic().requests();
            assertTrue(asked > 0);
            machine.unplug(true);
            awaitDown("this machine has no network interface or IPv4 address 127.0.31.1; see interface in " + FILE);
            Await.until("nobody need come in", () -> machine.inbound().isEmpty());
            machine.unplug(false);
            farm.grow(20);
            Await.until("it is collected again", () -> {
                network.collect(Set.of());
                return intake.count() == 20;
            });
            assertTrue("what was counted is counted", network.traffic().requests() > asked);
        }
    }

    @Test
    public void aPortThatAnotherProgramHasIsNamedWithFileAndKeyAndTakenWhenItIsFree() throws Exception {
        try (Neighbour other = new Neighbour("127.0.31.1", local)) {
            network = machine.network(intake, "port", port, "local.port", local);
            awaitDown("127.0.31.1:" + other.address().getPort()
                    + " cannot be had (Address already in use); see local.port in " + FILE);
        }
        Await.until("it looks for devices", () -> network.network().state() == NetworkState.State.STARTING);
    }

    @Test
    public void thePortForBroadcastsMayBeTakenToo() throws Exception {
        try (Neighbour other = new Neighbour("0.0.0.0", port)) {
            network = machine.network(intake, "port", port);
            Await.until("it is down", () -> network.network().state() == NetworkState.State.DOWN);
            String cause = network.network().cause();
            assertTrue(cause, cause.endsWith(":" + other.address().getPort()
                    + " cannot be had (Address already in use); see port in " + FILE));
        }
        Await.until("it looks for devices", () -> network.network().state() == NetworkState.State.STARTING);
    }

    @Test
    public void aDeviceWithANameIsCollectedAsSoonAsTheNameIsKnown() throws Exception {
        try (Farm farm = new Farm(2, 1, 10, port, (request, answer) -> answer)) {
            network = machine.network(intake, "port", port, "devices", "1@ahu.example");
            Await.until("the name is missed", () -> network.check().detail().contains(
                    FILE + ": devices: ahu.example (unknown host)"));
            Await.until("the device is missed", () -> network.devices().get(0).cause().equals(
                    "nothing can be sent: ahu.example cannot be resolved; see devices in " + FILE));
            assertEquals("ahu.example:" + port, network.devices().get(0).address());
            machine.name("ahu.example", "127.1.0.1");
            Await.until("it is collected", () -> intake.count() == 10);
            farm.grow(20);
            network.collect(Set.of());
            Await.until("it is collected again", () -> intake.count() == 20);
        }
    }

    @Test
    public void whoMustBeAbleToReachUsIsSaidWhileTheLinkIsOpen() throws Exception {
        InetSocketAddress forwarder = new InetSocketAddress("127.0.31.9", port);
        machine.name("bbmd.example", forwarder.getAddress().getHostAddress());
        network = machine.network(intake, "port", port, "local.port", local, "bbmd", "bbmd.example");
        String devices = "BACnet devices of network wire tell where they are";
        Set<UdpPort> needed = new HashSet<>(Set.of(new UdpPort(port, "127.0.0.0/8", devices),
                new UdpPort(local, "127.0.0.0/8", devices),
                new UdpPort(local, "127.0.31.9", "A BBMD forwards to network wire what BACnet devices tell all"),
                new UdpPort(local, "", "BACnet devices behind a BBMD of network wire tell where they are")));
        Await.until("it is said", () -> machine.inbound().equals(needed));
    }
}
