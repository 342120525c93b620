// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.serotonin.bacnet4j.obj.TrendLogObject;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.health.Health;
import org.coppercube.api.health.HealthCheck;
import org.coppercube.collector.bacnet.link.FenceTest;
import org.coppercube.collector.bacnet.link.Frames;
import org.coppercube.collector.bacnet.message.Questions;
import org.junit.Rule;
import org.junit.Test;

/** What a network goes through besides collecting. */
public class NetworkLifeTest {
    @Rule
    public final PeerSite site = new PeerSite();

    @Test
    public void hostileDatagramsChangeNothing() throws Exception {
        TrendLogObject log = site.peer().log(1, 5000);
        Peer.addReals(log, 100, Peer.START);
        int local;
        try (DatagramSocket any = new DatagramSocket()) {
            local = any.getLocalPort();
        }
        Collection network = site.network("local.port", local);
        site.awaitCount(100);
        Random random = new Random(1);
        byte[] freezeCov = Hex.bytes(FenceTest.FREEZE_COV);
        byte[] freezePrivate = bvlc(Hex.bytes(FenceTest.FREEZE_PRIVATE));
        byte[] answer = bvlc(Hex.bytes(FenceTest.F38_ANSWER));
        try (DatagramSocket attacker = new DatagramSocket()) {
            attacker.setBroadcast(true);
            for (int i = 0; i < 1000; i++) {
                if (i % 100 == 0) {
                    Peer.addReals(log, 10, Peer.START);
                    network.collect(Set.of());
                }
                byte[] junk = i % 4 == 0 ? freezeCov.clone() : i % 4 == 1 ? freezePrivate.clone() : answer.clone();
                for (int n = i % 4 == 3 ? 5 : 0; n > 0; n--) {
                    junk[random.nextInt(junk.length)] = (byte) random.nextInt();
                }
                attacker.send(new DatagramPacket(junk, junk.length, new InetSocketAddress("127.0.0.1", local)));
                attacker.send(new DatagramPacket(junk, junk.length, new InetSocketAddress("127.255.255.255", site.port())));
            }
        }
        Peer.addReals(log, 1, Peer.START);
        network.collect(Set.of());
        site.awaitCount(201);
        site.assertArchived(PeerSite.reals(1, 201, Peer.START), 1, 1);
        assertTrue(((HealthCheck) network).check().detail().contains("service="));
        assertTrue("our own device still answers", answersWhoIs(local));
    }

    @Test
    public void isDownUntilItsPortIsFree() throws Exception {
        Peer.addReals(site.peer().log(1, 5000), 3, Peer.START);
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            Collection network = site.network("local.port", other.getLocalPort());
            Await.until("it says so", () -> network.network().state() == NetworkState.State.DOWN);
            String cause = network.network().cause();
            assertTrue(cause, cause.startsWith("127.0.0.1:" + other.getLocalPort()));
            assertEquals(Health.Level.FAILED, ((HealthCheck) network).check().level());
        }
        site.awaitCount(3);
    }

    @Test
    public void isDownWithoutItsInterface() {
        Collection network = site.network("interface", "nosuch0");
        Await.until("it says so", () -> network.network().state() == NetworkState.State.DOWN);
        assertTrue(network.network().cause(), network.network().cause().contains("nosuch0"));
    }

    @Test
    public void wrongSettingsAreToldAndNothingElseHappens() {
        Collection network = site.network("visit.minutes", "never");
        String key = "org.coppercube.collector.bacnet-test.cfg: visit.minutes";
        String rule = key + " is never; it must be a number from 1 to 44640";
        assertEquals(new NetworkState("test", "hq", NetworkState.State.MISCONFIGURED, rule, 0, 0, 0, 0, 0),
                network.network());
        String publicLine = "The settings of a network are wrong. " + key + ": it must be a number from 1 to 44640";
        assertEquals(new Health(Health.Level.FAILED, publicLine, rule), ((HealthCheck) network).check());
        assertEquals(0, network.collect(Set.of()) + network.choose(Set.of(PeerSite.id(1)), true));
        assertEquals(0, network.logs().size() + network.devices().size());
    }

    @Test
    public void closingLeavesNoThread() throws Exception {
        Peer.addReals(site.peer().log(1, 5000), 2000, Peer.START);
        Collector network = (Collector) site.network();
        Await.until("its loop, its link and BACnet4J run", () -> threads().size() >= 3);
        network.close();
        Await.until("its threads are gone", () -> threads().isEmpty());
    }

    @Test
    public void closingWhileItOpensLeavesNoThreadEither() throws Exception {
        for (int i = 0; i < 20; i++) {
            Collector network = (Collector) site.network();
            int wanted = i % 4;
            Await.until("it has come so far", () -> threads().size() >= wanted);
            network.close();
        }
        Await.until("all threads are gone", () -> threads().isEmpty());
    }

    private static byte[] bvlc(byte[] apdu) {
        return Frames.wrap(Frames.UNICAST, new byte[] {1, 0}, apdu).array();
    }

    private boolean answersWhoIs(int local) throws Exception {
        try (DatagramSocket listener = new DatagramSocket(null)) {
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress("0.0.0.0", site.port()));
            listener.setSoTimeout(60_000);
            byte[] whoIs = bvlc(Questions.whoIs(4194000, 4194000));
            listener.send(new DatagramPacket(whoIs, whoIs.length, new InetSocketAddress("127.0.0.1", local)));
            DatagramPacket heard = new DatagramPacket(new byte[100], 100);
            do {
                listener.receive(heard);
            } while (heard.getPort() != local);
            return Frames.function(java.util.Arrays.copyOf(heard.getData(), heard.getLength())) == Frames.BROADCAST;
        }
    }

    /** Those of the collector, and those that BACnet4J has for it; the peer's own come and go as they like. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("collector-bacnet") || name.contains("4194000")).toList();
    }
}
