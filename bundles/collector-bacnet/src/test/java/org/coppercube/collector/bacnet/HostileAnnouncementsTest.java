// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.link.Frames;
import org.junit.After;
import org.junit.Test;

/** What anybody may announce: devices that are not, devices that are others, ways that lead elsewhere. */
public class HostileAnnouncementsTest {
    private static final String ELSEWHERE = "127.0.61.11";
    private static final int MOST_DEVICES = 5_000;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Siege siege;

    @After
    public void end() throws Exception {
        siege.close();
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private void begin(Object... keysAndValues) throws IOException {
        siege = new Siege(2, keysAndValues);
    }

    /** The witness is no device that the operator has named: it is heard of. */
    private void beginUnnamed() throws IOException {
        begin("devices", "");
        Await.until("it listens and hears", () -> {
            announce(siege.witness);
            return !siege.network.devices().isEmpty();
        });
        siege.begin();
    }

    private Witness witness(int instance, String address) throws IOException {
        Witness other = new Witness(instance, 2, address, siege.port());
        open.add(other);
        return other;
    }

    private void announce(Witness witness) {
        try {
            witness.say(witness.iAm(), siege.us());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] iAm(int instance) {
        return Hex.bytes("1000c4%08x".formatted(8 << 22 | instance) + "2205c4" + "9103" + "2163");
    }

    private List<byte[]> phantoms(int count) {
        List<byte[]> frames = new ArrayList<>();
        for (int instance = 1000; instance < 1000 + count; instance++) {
            frames.add(Siege.unicast(iAm(instance)));
        }
        return frames;
    }

    /** Somebody who announces himself is found, though others fill the table. */
    private void findsTheNewcomer() throws IOException {
        Witness newcomer = witness(62, ELSEWHERE);
        newcomer.grow(10);
        Await.until("the newcomer is collected", () -> {
            announce(newcomer);
            return intake(62) >= 10;
        });
    }

    private int intake(int instance) {
        return siege.intake.samples(new TrendLogId("hq", instance, TrendLogId.Kind.TL, 1), 1).size();
    }

    @Test
    public void twentyThousandDevicesThatAreNot() throws Exception {
        begin("apdu.timeout.ms", 100, "apdu.retries", 1);
        siege.begin();
        siege.withstands(0, () -> siege.flood(phantoms(20_000), siege.us()));
        assertTrue(siege.network.devices().size() + " devices", siege.network.devices().size() <= MOST_DEVICES);
        findsTheNewcomer();
    }

    /** Each at an address of its own: whoever is asked there does not answer, and keeps nobody else waiting. */
    @Test
    public void fourThousandAddressesThatAreNobodys() throws Exception {
        begin("apdu.timeout.ms", 100, "apdu.retries", 1);
        siege.begin();
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            InetSocketAddress origin = new InetSocketAddress("127.62." + i / 250 + "." + (i % 250 + 1), siege.port());
            frames.add(Frames.wrap(Frames.FORWARDED, Frames.bytes(origin), new byte[] {1, 0}, iAm(1000 + i)).array());
        }
        siege.withstands(0, () -> siege.flood(frames, siege.all()));
        assertTrue(siege.network.devices().size() + " devices", siege.network.devices().size() > 1000);
        findsTheNewcomer();
    }

    @Test
    public void aDeviceThatAnswersDoesNotMoveWhereSomebodySaysItIs() throws Exception {
        beginUnnamed();
        siege.withstands(0, () -> {
            for (int i = 0; i < 100; i++) {
                siege.send(Siege.unicast(siege.witness.iAm()), siege.us());
                siege.send(Siege.broadcast(siege.witness.iAm()), siege.all());
                siege.collects(1);
            }
        });
        assertEquals(siege.witness.place(), "61@" + siege.network.devices().get(0).address());
    }

    @Test
    public void twoDevicesWithOneInstance() throws Exception {
        beginUnnamed();
        Witness twin = witness(siege.witness.instance, ELSEWHERE);
        twin.call("Twin");
        twin.write((log, number) -> Witness.real(Witness.time(number), -1));
        twin.grow(5000);
        siege.withstands(0, () -> {
            for (int i = 0; i < 50; i++) {
                announce(twin);
                announce(siege.witness);
                siege.collects(1);
            }
        });
    }

    @Test
    public void waysThatLeadElsewhere() throws Exception {
        begin("devices", "");
        InetSocketAddress router = new InetSocketAddress("127.0.61.12", siege.port());
        Witness routed = new Witness(62, 2, router, Hex.bytes("0108" + "07d1" + "01" + "0a"));
        open.add(routed);
        routed.grow(100);
        siege.witness.grow(100);
        List<byte[]> lies = new ArrayList<>();
        for (String message : List.of("00", "0007d1", "0107d1", "020" + "7d1" + "05", "0300" + "07d1", "0407d1",
                "0507d1", "0601" + "07d1" + "00" + "00", "0701" + "07d1" + "00" + "00", "0807d1" + "ff", "0907d1",
                "12", "1307d1" + "00", "1307d1" + "01", "80" + "0063")) {
            lies.add(Frames.wrap(Frames.UNICAST, Hex.bytes("0180" + message)).array());
            lies.add(Frames.wrap(Frames.BROADCAST, Hex.bytes("0180" + message)).array());
        }
        siege.flood(lies, siege.us()); // first come
        siege.flood(lies, siege.all());
        Await.until("both are heard", () -> {
            announce(siege.witness);
            announce(routed);
            return siege.network.devices().size() == 2;
        });
        Await.until("the routed one is collected", () -> intake(62) == 100);
        for (int i = 1; i <= 10; i++) {
            siege.flood(lies, siege.us());
            siege.flood(lies, siege.all());
            siege.send(Frames.wrap(Frames.UNICAST, Hex.bytes("0108" + "07d1" + "01" + "0a"), routed.iAm()).array(),
                    siege.us());
            routed.grow(1);
            int made = 100 + i;
            siege.visit(() -> intake(62) == made);
        }
        assertTrue("they are counted: " + siege.health(), siege.dropped() > 0);
        assertEquals(List.of(), siege.log.faults());
    }

    @Test
    public void aStrangersWordForThatOfOurBbmd() throws Exception {
        try (DatagramSocket bbmd = new DatagramSocket(new InetSocketAddress("127.0.61.13", 0))) {
            begin("bbmd", "127.0.61.13:" + bbmd.getLocalPort(), "bbmd.ttl.seconds", 3600);
            siege.begin();
            siege.withstands(20, () -> {
                for (int i = 0; i < 20; i++) {
                    siege.send(Hex.bytes("810000060000"), siege.us());
                }
            });
            siege.until("it misses the BBMD", () -> siege.health().contains("no answer from BBMD"));
        }
    }

    @Test
    public void announcementsThatAreNone() throws Exception {
        begin();
        siege.begin();
        List<byte[]> frames = new ArrayList<>();
        for (String apdu : List.of("1000", "1000c4", "1000c4ffffffff", "1000c4020004d2",
                "1000c400000001" + "2205c4" + "9103" + "2163", "1000c403ffffff" + "2205c4" + "9103" + "2163",
                "1000c4023fffff" + "2205c4" + "9103" + "2163", "10002205c4" + "c4020004d2" + "9103" + "2163",
                "1000c4020004d2" + "25" + "09" + "ff".repeat(9) + "9103" + "2163")) {
            frames.add(Siege.unicast(Hex.bytes(apdu)));
            frames.add(Siege.broadcast(Hex.bytes(apdu)));
        }
        siege.withstands(0, () -> {
            siege.flood(frames, siege.us());
            siege.flood(frames, siege.all());
        });
        assertEquals(siege.network.devices().toString(), 1, siege.network.devices().size());
    }
}
