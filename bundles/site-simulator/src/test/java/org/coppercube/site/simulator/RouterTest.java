// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Devices 1002 and 1003 on network 2001, behind a router at 127.0.21.4; 1001 is a neighbour. */
public class RouterTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String NEIGHBOUR = "127.0.21.1";
    private static final String ROUTER = "127.0.21.4";
    private static final String SECOND = "127.0.21.5";
    private static final String WHO_IS = "1008";
    private static final String WHO_IS_ROUTER = "0180" + "00";
    private static final String TO_1003 = "0120" + "07d1" + "0102" + "ff"; // address 2 on network 2001
    private static final String FROM_1003 = "0108" + "07d1" + "0102";
    private static final String OBJECT_IDENTIFIER = "0c" + "0c023fffff" + "194b";

    @Rule
    public final Timeout timeout = Timeout.seconds(120);

    private Play play;
    private Farm farm;
    private Udp client;

    @After
    public void close() throws IOException {
        client.close();
        farm.close();
    }

    @Test
    public void theRouterMakesItselfKnown() throws IOException {
        open();
        assertEquals(" router=" + ROUTER, farm.addresses());
        client.send(ROUTER, Udp.datagram("0a", WHO_IS_ROUTER));
        assertEquals(Udp.datagram("0a", "0180" + "01" + "07d1"), client.receive());
        client.broadcast(WHO_IS_ROUTER + "07d1");
        assertEquals(Udp.datagram("0a", "0180" + "01" + "07d1"), client.receive());
        client.broadcast(WHO_IS_ROUTER + "07d2");
        client.barrier(NEIGHBOUR);
        assertEquals(List.of(), client.received());
    }

    @Test
    public void aBroadcastIsHeardOnTheNetworksItIsFor() throws IOException {
        open();
        client.broadcast("0100" + WHO_IS);
        assertEquals(List.of("1001"), iAms(1));
        client.broadcast("0120" + "07d1" + "00" + "ff" + WHO_IS);
        assertEquals(List.of("1002 behind 01", "1003 behind 02"), iAms(2));
        client.send(ROUTER, Udp.datagram("0a", "0120" + "07d1" + "00" + "ff" + WHO_IS));
        assertEquals(List.of("1002 behind 01", "1003 behind 02"), iAms(2));
        client.broadcast("0120" + "ffff" + "00" + "ff" + WHO_IS);
        assertEquals(List.of("1001", "1002 behind 01", "1003 behind 02"), iAms(3));
    }

    @Test
    public void aDeviceBehindTheRouterAnswersThroughIt() throws IOException {
        open();
        client.send(ROUTER, Udp.datagram("0a", TO_1003 + "000509" + OBJECT_IDENTIFIER));
        assertEquals(Udp.datagram("0a", FROM_1003 + "30090c" + "0c020003eb" + "194b" + "3e" + "c4020003eb" + "3f"),
                client.receive());
        // for an asker behind another router, address 0b on network 0102, there are both addresses in the answer
        client.send(ROUTER, Udp.datagram("0a", "0128" + "07d1" + "0102" + "0102" + "010b" + "ff" + "000509" + "63"));
        assertEquals(Udp.datagram("0a", "0128" + "0102" + "010b" + "07d1" + "0102" + "ff" + "600909"),
                client.receive());
    }

    @Test
    public void theRouterRefusesWhatIsForANetworkItDoesNotKnow() throws IOException {
        open();
        client.send(ROUTER, Udp.datagram("0a", "0120" + "07d2" + "0102" + "ff" + WHO_IS));
        assertEquals(Udp.datagram("0a", "0180" + "0301" + "07d2"), client.receive());
        client.send(ROUTER, Udp.datagram("0a", "0120" + "07d1" + "0109" + "ff" + "000509" + OBJECT_IDENTIFIER));
        client.send(ROUTER, Udp.datagram("0a", "0100" + "000509" + OBJECT_IDENTIFIER)); // it is no device itself
        client.broadcast("0120" + "07d2" + "0102" + "ff" + WHO_IS); // another router may know that one
        client.barrier(NEIGHBOUR);
        assertEquals(List.of(), client.received());
    }

    @Test
    public void theRouterGoesAndComes() throws IOException {
        open("--fault=router-away=2m/10m");
        client.send(ROUTER, Udp.datagram("0a", WHO_IS_ROUTER));
        client.send(ROUTER, Udp.datagram("0a", TO_1003 + "000509" + OBJECT_IDENTIFIER));
        client.barrier(NEIGHBOUR);
        assertEquals(List.of(), client.received());
        play.at(NOON.plusSeconds(120));
        client.send(ROUTER, Udp.datagram("0a", TO_1003 + "000509" + "63"));
        assertEquals(Udp.datagram("0a", FROM_1003 + "600909"), client.receive());
    }

    @Test
    public void theRouterMovesToAnotherAddress() throws IOException {
        open("--fault=router-move=2026-11-23T12:10:00Z");
        client.send(SECOND, Udp.datagram("0a", WHO_IS_ROUTER));
        client.send(ROUTER, Udp.datagram("0a", WHO_IS_ROUTER));
        client.receive();
        assertEquals(ROUTER, client.sender());
        client.barrier(NEIGHBOUR);
        play.at(NOON.plusSeconds(600));
        client.send(ROUTER, Udp.datagram("0a", WHO_IS_ROUTER));
        client.broadcast(WHO_IS_ROUTER);
        client.receive();
        assertEquals(SECOND, client.sender());
        client.send(SECOND, Udp.datagram("0a", TO_1003 + "000509" + "63"));
        assertEquals(Udp.datagram("0a", FROM_1003 + "600909"), client.receive());
        client.barrier(NEIGHBOUR);
        assertEquals(List.of(), client.received());
    }

    private List<String> iAms(int devices) throws IOException {
        TreeSet<String> heard = new TreeSet<>();
        while (heard.size() < devices) {
            String datagram = client.receive();
            int apdu = datagram.indexOf("1000c4");
            heard.add(Integer.parseInt(datagram.substring(apdu + 8, apdu + 14), 16)
                    + (datagram.startsWith("0108", 8) ? " behind " + datagram.substring(18, 20) : ""));
        }
        client.barrier(NEIGHBOUR);
        assertEquals(List.of(), client.received());
        return List.copyOf(heard);
    }

    private void open(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--devices=3", "--bind=127.0.21.1", "--port=47901",
                "--behind-router=1002-1003"));
        arguments.addAll(List.of(more));
        play = new Play(NOON, arguments.toArray(String[]::new));
        farm = Farm.open(play.settings(), play.clock(), play.devices());
        client = new Udp(farm.port());
    }
}
