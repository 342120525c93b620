// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Faults between a device and its network. Device 1001 has them, at 127.0.21.1; 1002, at 127.0.21.2, is well. */
public class WireTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String ILL = "127.0.21.1";
    private static final String WELL = "127.0.21.2";
    private static final String SPARE = "127.0.21.3";
    private static final String OBJECT_NAME = "0c" + "0c023fffff" + "194d";

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
    public void aSilentDeviceNeitherHearsNorAnswers() throws IOException {
        open("silence=2m/10m@1001");
        client.sendApdu(ILL, "000501" + OBJECT_NAME);
        client.sendApdu(ILL, "1008");
        client.barrier(WELL);
        assertEquals(List.of(), client.received());
        play.at(NOON.plusSeconds(120));
        client.sendApdu(ILL, "000502" + OBJECT_NAME);
        assertEquals(2, invokeId(client.receive()));
    }

    @Test
    public void lossTakesRequestsAndAnswers() throws IOException {
        open("loss=20%@1001");
        int answered = 0;
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < 10; i++) {
                client.sendApdu(ILL, "000501" + OBJECT_NAME);
            }
            client.barrier(WELL);
            answered += client.received().size();
        }
        assertEquals(0.64 * 500, answered, 50);
    }

    @Test
    public void answersComeTwice() throws IOException {
        open("duplicates@1001");
        client.sendApdu(ILL, "000501" + OBJECT_NAME);
        assertEquals(client.receive(), client.receive());
        client.barrier(WELL);
        assertEquals(List.of(), client.received());
    }

    @Test
    public void anAnswerComesAfterTheNextOne() throws IOException {
        open("reorder@1001");
        client.sendApdu(ILL, "000501" + OBJECT_NAME);
        client.sendApdu(ILL, "000502" + OBJECT_NAME);
        assertEquals(2, invokeId(client.receive()));
        assertEquals(1, invokeId(client.receive()));
        client.sendApdu(ILL, "000503" + OBJECT_NAME);
        assertEquals(3, invokeId(client.receive())); // late, though nothing follows it
    }

    @Test
    public void answersAreDelayed() throws IOException {
        open("delay=300ms@1001");
        long start = System.nanoTime();
        client.sendApdu(ILL, "000501" + OBJECT_NAME);
        client.receive();
        assertTrue(System.nanoTime() - start >= 300_000_000);
    }

    @Test
    public void aDeviceMovesToAnotherAddressAndBack() throws IOException {
        open("move=10m@1001"); // by noon it has moved an even number of times
        client.sendApdu(SPARE, "000501" + OBJECT_NAME);
        client.sendApdu(ILL, "000502" + OBJECT_NAME);
        String here = client.receive();
        assertEquals(2, invokeId(here));
        client.barrier(WELL);
        play.at(NOON.plusSeconds(600));
        client.sendApdu(ILL, "000503" + OBJECT_NAME);
        client.sendApdu(SPARE, "000502" + OBJECT_NAME);
        assertEquals(here, client.receive());
        assertEquals(SPARE, client.sender());
        client.barrier(WELL);
        assertEquals(List.of(), client.received());
    }

    @Test
    public void aTwinAnswersFromAnAddressOfItsOwn() throws IOException {
        open("twin@1001");
        client.sendApdu(ILL, "1008");
        String one = client.receive();
        client.sendApdu(SPARE, "1008");
        String two = client.receive();
        assertTrue(one, one.endsWith("1000" + "c4020003e9" + "2205c4" + "9103" + "22022b"));
        assertTrue(two, two.endsWith("1000" + "c4020003e9" + "2205c4" + "9103" + "22022c"));
    }

    private void open(String fault) throws IOException {
        play = new Play(NOON, "--devices=2", "--bind=" + ILL, "--port=47900", "--time-zone=UTC", "--fault=" + fault);
        farm = Farm.open(play.settings(), play.clock(), play.devices());
        client = new Udp(farm.port());
    }

    private static int invokeId(String datagram) {
        return Integer.parseInt(datagram.substring(14, 16), 16);
    }
}
