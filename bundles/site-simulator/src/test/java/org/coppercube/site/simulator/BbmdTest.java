// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** A device at 127.0.21.1 that hears broadcasts through the BBMD at 127.0.21.2 only. */
public class BbmdTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String DEVICE = "127.0.21.1";
    private static final String BBMD = "127.0.21.2";
    private static final int PORT = 47902;
    private static final String REGISTER_60_S = "81050006003c";
    private static final String DONE = "810000060000";
    private static final String WHO_IS = Udp.datagram("09", "0120ffff00ff" + "1008");
    private static final String I_AM = "0100" + "1000" + "c4020003e9" + "2205c4" + "9103" + "22022b";

    @Rule
    public final Timeout timeout = Timeout.seconds(120);

    private Play play;
    private Farm farm;
    private Udp client;
    private Udp other;

    @After
    public void close() throws IOException {
        client.close();
        other.close();
        farm.close();
    }

    @Test
    public void broadcastsGoBothWaysThroughTheBbmd() throws IOException {
        open();
        assertEquals(" bbmd=" + BBMD, farm.addresses());
        assertEquals(DONE, ask(client, REGISTER_60_S));
        assertEquals(DONE, ask(other, REGISTER_60_S));
        client.send(BBMD, WHO_IS);
        String iAm = Udp.datagram("04", Udp.address(DEVICE, PORT) + I_AM);
        assertEquals(iAm, client.receive());
        assertEquals(Udp.datagram("04", client.address() + "0120ffff00ff" + "1008"), other.receive());
        assertEquals(iAm, other.receive());
        assertNothingMore();
    }

    @Test
    public void theLocalBroadcastDoesNotReachTheDevices() throws IOException {
        open();
        client.broadcast("0100" + "1008");
        assertNothingMore();
        client.sendApdu(DEVICE, "1008");
        assertEquals(Udp.datagram("0a", I_AM), client.receive());
    }

    @Test
    public void whoHasNotRegisteredIsRefused() throws IOException {
        open();
        assertEquals("810000060060", ask(client, WHO_IS));
        assertNothingMore();
    }

    @Test
    public void aRegistrationEndsThirtySecondsAfterItsTime() throws IOException {
        open();
        assertEquals(DONE, ask(client, REGISTER_60_S));
        play.at(NOON.plusSeconds(60));
        assertEquals("8107000e" + client.address() + "003c" + "001e", ask(client, "81060004"));
        play.at(NOON.plusSeconds(90));
        assertEquals("810000060060", ask(client, WHO_IS));
        assertEquals("81070004", ask(client, "81060004"));
    }

    @Test
    public void aRegistrationIsRenewedAndDeleted() throws IOException {
        open();
        assertEquals(DONE, ask(client, REGISTER_60_S));
        play.at(NOON.plusSeconds(80));
        assertEquals(DONE, ask(client, REGISTER_60_S));
        play.at(NOON.plusSeconds(150));
        client.send(BBMD, WHO_IS);
        assertTrue(client.receive().endsWith(I_AM));
        assertEquals(DONE, ask(client, "8108000a" + client.address()));
        assertEquals("810000060060", ask(client, WHO_IS));
        assertEquals("810000060050", ask(client, "8108000a" + client.address()));
    }

    @Test
    public void theBbmdGoesAndForgets() throws IOException {
        open("--fault=bbmd-away=1m/10m");
        play.at(NOON.plusSeconds(540));
        assertEquals(DONE, ask(client, "8105000603e8"));
        play.at(NOON.plusSeconds(600));
        client.send(BBMD, WHO_IS);
        client.send(BBMD, "8105000603e8");
        assertNothingMore();
        play.at(NOON.plusSeconds(660));
        assertEquals("810000060060", ask(client, WHO_IS));
        assertEquals(DONE, ask(client, REGISTER_60_S));
        client.send(BBMD, WHO_IS);
        assertTrue(client.receive().endsWith(I_AM));
    }

    @Test
    public void theBbmdMayRefuse() throws IOException {
        open("--fault=bbmd-refusal");
        assertEquals("810000060030", ask(client, REGISTER_60_S));
        assertEquals("810000060060", ask(client, WHO_IS));
    }

    @Test
    public void itsTablesAreReadAndNotWritten() throws IOException {
        open();
        assertEquals("8103000e" + Udp.address(BBMD, PORT) + "ffffffff", ask(client, "81020004"));
        assertEquals("810000060010", ask(client, "8101000e" + Udp.address(BBMD, PORT) + "ffffffff"));
    }

    @Test
    public void whatIsCutOffIsLeft() throws IOException {
        open();
        for (String bad : new String[] {"", "81", "8105", "81050004", "81050006", "8108000480", "81080004"}) {
            client.send(BBMD, bad);
        }
        assertNothingMore();
    }

    private void assertNothingMore() throws IOException {
        client.barrier(DEVICE);
        assertEquals(List.of(), client.received());
        assertEquals(List.of(), other.received());
    }

    private static String ask(Udp client, String datagram) throws IOException {
        client.send(BBMD, datagram);
        return client.receive();
    }

    private void open(String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--devices=1", "--bind=" + DEVICE, "--port=" + PORT, "--bbmd"));
        arguments.addAll(List.of(more));
        play = new Play(NOON, arguments.toArray(String[]::new));
        farm = Farm.open(play.settings(), play.clock(), play.devices());
        client = new Udp(farm.port());
        other = new Udp(farm.port());
    }
}
