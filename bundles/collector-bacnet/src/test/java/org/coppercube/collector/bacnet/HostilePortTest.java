// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import org.coppercube.api.collect.NetworkState;
import org.junit.Test;

/** Another program of this machine that wants the collector's port. */
public class HostilePortTest {

    private static DatagramSocket bind(String address, int port, boolean shared) throws IOException {
        DatagramSocket socket = new DatagramSocket(null);
        socket.setReuseAddress(shared);
        socket.bind(new InetSocketAddress(address, port));
        return socket;
    }

    private static void comesUpWhenItGoes(String address, boolean shared) throws IOException {
        int local = Siege.freePort();
        DatagramSocket thief = bind(address, local, shared);
        try (Siege siege = new Siege(1, "local.port", local)) {
            Await.until("it says so", () -> siege.network.network().state() == NetworkState.State.DOWN);
            assertTrue(siege.health(), siege.health().startsWith(Siege.US + ":" + local + " cannot be had"));
            long told = siege.log.lines().stream().filter(line -> line.contains("cannot be opened")).count();
            assertEquals("it is told once", 1, told);
            thief.close();
            siege.begin();
        }
    }

    @Test
    public void whoSharesItsPortWithAnybodyDoesNotGetOurs() throws Exception {
        comesUpWhenItGoes("0.0.0.0", true);
    }

    @Test
    public void nobodyTakesItsPortLater() throws Exception {
        try (Siege siege = new Siege(1)) {
            siege.begin();
            siege.withstands(0, () -> {
                assertThrows(BindException.class, () -> bind(Siege.US, siege.us().getPort(), true));
                assertThrows(BindException.class, () -> bind("0.0.0.0", siege.us().getPort(), true));
            });
        }
    }

    /** The broadcast address is for all; it must not be taken from us for all that. */
    @Test
    public void whoHearsBroadcastsTooTakesNothingAway() throws Exception {
        try (Siege siege = new Siege(1)) {
            siege.begin();
            try (DatagramSocket listener = bind("127.255.255.255", siege.port(), true)) {
                siege.withstands(0, () -> {
                    siege.witness.say(siege.witness.iAm(), siege.us());
                    siege.collects(10);
                });
                long before = siege.dropped();
                Await.until("both of us hear a broadcast", () -> {
                    try {
                        siege.send(Siege.broadcast(Hex.bytes("1004")), siege.all());
                        listener.setSoTimeout(100);
                        listener.receive(new DatagramPacket(new byte[100], 100));
                        return siege.dropped() > before;
                    } catch (SocketTimeoutException e) {
                        return false;
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
            }
        }
    }
}
