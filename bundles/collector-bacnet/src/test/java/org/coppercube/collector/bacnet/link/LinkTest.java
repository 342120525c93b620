// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.coppercube.api.health.Health;
import org.coppercube.collector.bacnet.Await;
import org.coppercube.collector.bacnet.BacnetNetwork;
import org.coppercube.collector.bacnet.Collector;
import org.coppercube.collector.bacnet.Farm;
import org.coppercube.collector.bacnet.Hex;
import org.coppercube.collector.bacnet.MemoryIntake;
import org.coppercube.collector.bacnet.Neighbour;
import org.coppercube.collector.bacnet.TestMachine;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Settings;
import org.coppercube.collector.bacnet.settings.SettingsFile;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What goes over the wire besides questions and answers: BBMDs, routers, and a storm of announcements. */
public class LinkTest {
    private static final String I_AM_7 = "1000c4020000072205c49103210f";

    private final MemoryIntake intake = new MemoryIntake();
    private final Dropped dropped = new Dropped(System::nanoTime, line -> { });
    private DatagramSocket bbmd;

    @Before
    public void startBbmd() throws Exception {
        bbmd = new DatagramSocket(new InetSocketAddress("127.0.0.77", 0));
        bbmd.setSoTimeout(60_000);
    }

    @After
    public void stopBbmd() {
        bbmd.close();
    }

    private Collector network(String... keysAndValues) {
        Map<String, Object> properties = new HashMap<>(Map.of("service.pid", "org.coppercube.collector.bacnet~link",
                "site", "hq", "interface", "127.0.0.1", "port", bbmd.getLocalPort(), "apdu.timeout.ms", 200,
                "apdu.retries", 0));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return (Collector) BacnetNetwork.network(intake, properties);
    }

    private DatagramPacket receive(int function) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        do {
            bbmd.receive(packet);
        } while (Frames.function(Arrays.copyOf(packet.getData(), packet.getLength())) != function);
        return packet;
    }

    private void send(byte[] frame, InetSocketAddress to) throws Exception {
        bbmd.send(new DatagramPacket(frame, frame.length, to));
    }

    @Test
    public void registersAtABbmdSpeaksThroughItAndTakesLeave() throws Exception {
        InetSocketAddress us;
        try (Collector network = network("bbmd", "127.0.0.77", "bbmd.ttl.seconds", "90")) {
            DatagramPacket registration = receive(Frames.REGISTER_FOREIGN);
            assertEquals("81050006005a", HexFormat.of().formatHex(registration.getData(), 0, registration.getLength()));
            us = (InetSocketAddress) registration.getSocketAddress();
            Await.until("it is missed", () -> network.check().detail().contains("no answer from BBMD"));
            assertEquals(Health.Level.DEGRADED, network.check().level());
            send(Frames.wrap(Frames.RESULT, new byte[2]).array(), us);
            Await.until("it is registered", () -> network.check().level() == Health.Level.OK);
            receive(Frames.DISTRIBUTE);
            byte[] origin = Frames.bytes(new InetSocketAddress("127.0.0.78", 47808));
            byte[] iAm = Frames.wrap(Frames.FORWARDED, origin, new byte[] {1, 0}, Hex.bytes(I_AM_7)).array();
            try (DatagramSocket stranger = new DatagramSocket(new InetSocketAddress("127.0.0.79", 0))) {
                iAm[17]++; // device 263, said by somebody who is no BBMD of ours
                stranger.send(new DatagramPacket(iAm, iAm.length, us));
                iAm[17]--;
            }
            send(iAm, us);
            Await.until("the device is known", () -> !network.devices().isEmpty());
            assertEquals("127.0.0.78:47808", network.devices().get(0).address());
            assertEquals(7, network.devices().get(0).instance());
        }
        DatagramPacket leave = receive(Frames.DELETE_FOREIGN);
        assertEquals(us, Frames.address(leave.getData(), 4));
    }

    @Test
    public void aBbmdThatCannotBeReachedKeepsNoOtherFromBeingAsked() throws Exception {
        try (Collector loopback = network("bbmd", "192.0.2.1:47808,127.0.0.77")) { // the first is not to be reached
            receive(Frames.REGISTER_FOREIGN);
            receive(Frames.DISTRIBUTE);
            Await.until("it is missed",
                    () -> loopback.check().detail().contains("no answer from BBMD 192.0.2.1:47808"));
        }
    }

    @Test
    public void aBbmdWithANameIsFollowedWhereTheNameGoes() throws Exception {
        TestMachine machine = new TestMachine();
        int port = TestMachine.freePort();
        try (Neighbour old = new Neighbour("127.0.31.9", port); Neighbour young = new Neighbour("127.0.31.10", port);
                Collector network = machine.network(intake, "port", port, "bbmd", "bbmd.example")) {
            Await.until("the name is missed", () -> network.check().detail()
                    .contains("org.coppercube.collector.bacnet-wire.cfg: bbmd: bbmd.example (unknown host)"));
            machine.name("bbmd.example", "127.0.31.9");
            old.send(old.await(Frames.REGISTER_FOREIGN).from(), Frames.RESULT, new byte[] {0, 0x30});
            Await.until("it refuses", () -> network.check().detail().contains("refused by BBMD bbmd.example:" + port));
            machine.name("bbmd.example", "127.0.31.10");
            young.send(young.await(Frames.REGISTER_FOREIGN).from(), Frames.RESULT, new byte[2]);
            Await.until("the other forwards", () -> network.check().level() == Health.Level.OK);
            young.await(Frames.DISTRIBUTE);
        }
    }

    @Test
    public void aDeviceBehindARouterIsSpokenToThroughIt() throws Exception {
        try (Collector network = network()) {
            int port = bbmd.getLocalPort();
            byte[] iAm = Frames.wrap(Frames.BROADCAST, Hex.bytes("0128" + "ffff00" + "07d1010a" + "ff"),
                    Hex.bytes(I_AM_7)).array();
            Await.until("it listens and hears", () -> {
                try {
                    send(iAm, new InetSocketAddress("127.255.255.255", port));
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                return !network.devices().isEmpty();
            });
            assertEquals("127.0.0.77:" + port + "/2001/10", network.devices().get(0).address());
            DatagramPacket question = receive(Frames.UNICAST);
            assertArrayEquals("01 24 07d1 01 0a ff", Hex.bytes("012407d1010aff"),
                    Arrays.copyOfRange(question.getData(), 4, 11));
        }
    }

    @Test
    public void aStormOfAnnouncementsKeepsNobodyWaiting() throws Exception {
        int port = bbmd.getLocalPort();
        try (Farm farm = new Farm(1, 1, 10, port, (request, answer) -> answer);
                Collector network = network("devices", farm.list())) {
            Await.until("the real one is collected", () -> intake.count() == 10);
            AtomicInteger next = new AtomicInteger(2);
            Await.until("the table is full", () -> {
                announce(next.getAndAdd(500), port);
                return network.devices().size() == 4096;
            });
            Instant before = network.logs().get(0).lastSuccess();
            network.collect(Set.of());
            Await.until("the real one is visited", () -> network.logs().get(0).lastSuccess().isAfter(before));
        }
    }

    @Test
    public void aStormOfQuestionsIsAnsweredInPartAndCounted() throws Exception {
        InetSocketAddress us = new InetSocketAddress("127.0.0.1", TestMachine.freePort());
        try (Collector network = network("local.port", String.valueOf(us.getPort()))) {
            byte[] whoIs = Frames.wrap(Frames.UNICAST, new byte[] {1, 0}, Questions.whoIs(4194000, 4194000)).array();
            Await.until("it is counted", () -> {
                try {
                    for (int i = 0; i < 300; i++) {
                        send(whoIs, us);
                    }
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                return network.traffic().dropped().containsKey("flood");
            });
        }
    }

    /** Five hundred devices that do not exist. */
    private void announce(int first, int port) {
        byte[] iAm = Hex.bytes(I_AM_7);
        for (int i = first; i < first + 500; i++) {
            iAm[5] = (byte) (i >> 8);
            iAm[6] = (byte) i;
            byte[] origin = Frames.bytes(new InetSocketAddress("127.0.0.78", 1024 + i));
            try {
                send(Frames.wrap(Frames.FORWARDED, origin, new byte[] {1, 0}, iAm).array(),
                        new InetSocketAddress("127.255.255.255", port));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Fails at whatever comes. */
    private static final class Fragile implements Inlet.Listener {
        private final AtomicInteger heard = new AtomicInteger();

        @Override
        public void answer(Station from, byte[] datagram, int apdu) {
            fail();
        }

        @Override
        public void tooLong(Station from, int invokeId) {
            fail();
        }

        @Override
        public void announcement(Station from, byte[] datagram, int apdu) {
            fail();
        }

        @Override
        public void question(InetSocketAddress from, byte[] datagram, int npdu) {
            fail();
        }

        @Override
        public Fence.Verdict notification(Station from, byte[] datagram, int apdu) {
            return Fence.Verdict.SERVICE;
        }

        @Override
        public void routes(InetSocketAddress router, List<Integer> networks) {
            fail();
        }

        @Override
        public void rejected(InetSocketAddress router, int network, int reason) {
            fail();
        }

        private void fail() {
            heard.incrementAndGet();
            throw new NoClassDefFoundError("gone");
        }
    }

    private FencedLink link(Inlet.Listener listener) throws Exception {
        Map<String, ?> properties = Map.of("site", "hq", "interface", "127.0.0.1", "port", bbmd.getLocalPort());
        Settings settings = Settings.read(new SettingsFile(properties));
        return new FencedLink(Attachment.find("lo"), settings,
                new Bbmds("link", List.of(), 60, System::nanoTime), dropped, listener);
    }

    @Test
    public void listensOnWhateverHappensToTheOneWhoIsTold() throws Exception {
        Fragile fragile = new Fragile();
        byte[] iAm = Frames.wrap(Frames.UNICAST, new byte[] {1, 0}, Hex.bytes(I_AM_7)).array();
        try (FencedLink link = link(fragile)) {
            for (int i = 1; i <= 3; i++) {
                int times = i;
                send(iAm, link.address());
                Await.until("it is heard", () -> fragile.heard.get() == times);
            }
        }
    }

    @Test
    public void aLibraryThatNoLongerAnswersIsNoticed() throws Exception {
        try (FencedLink link = link(new Fragile())) {
            OwnDevice own = new OwnDevice(7, link, dropped);
            own.isAlive();
            Await.until("it answers", own::isAlive);
            own.close();
            own.isAlive();
            assertFalse(own.isAlive());
        }
    }
}
