// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.serotonin.bacnet4j.obj.TrendLogObject;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.health.Health;
import org.coppercube.api.health.HealthCheck;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.link.Frames;
import org.coppercube.collector.bacnet.message.Questions;
import org.junit.Rule;
import org.junit.Test;

/** The collector against a device that BACnet4J plays. */
public class CollectorTest {
    @Rule
    public final PeerSite site = new PeerSite();

    @Test
    public void archivesTheRecordsOfADeviceOnceAndInOneCommit() throws Exception {
        Peer.addReals(site.peer().log(1, 5000), 500, Peer.START);
        Peer.addReals(site.peer().log(2, 100), 130, Peer.START);
        Collection network = site.network();
        site.awaitCount(600);
        site.assertArchived(PeerSite.reals(1, 500, Peer.START), 1, 1);
        site.assertArchived(PeerSite.reals(31, 130, Peer.START), 2, 1); // what was overwritten before is no loss
        assertEquals(1, site.intake().commits());
        assertEquals(new TrendLog(PeerSite.id(1), "Supply air 1", "Plant 1200", "TL 1",
                new TrendLog.LoggedProperty(PeerSite.INSTANCE, "analog-input,1", "present-value"), "degrees-celsius",
                ZoneId.systemDefault(), Duration.ofMinutes(1), 5000), site.intake().logs().get(PeerSite.id(1)));
        Await.until("the visit is over", () -> network.network().state() == NetworkState.State.COLLECTING);
        assertEquals(new NetworkState("test", "hq", NetworkState.State.COLLECTING, "", 1, 0, 2, 2, 0),
                network.network());
        assertEquals("Plant 1200", network.devices().get(0).name());
        assertTrue(network.devices().get(0).answering());
        LogState log = network.log(PeerSite.id(1)).orElseThrow();
        assertEquals(Health.Level.OK, log.level());
        assertTrue(log.archived() && log.nextVisit().isAfter(log.lastSuccess()));
        assertEquals(Health.Level.OK, ((HealthCheck) network).check().level());
    }

    @Test
    public void looksForDevicesAndHearsThoseThatAnnounceThemselves() throws Exception {
        Peer.addReals(site.peer().log(1, 5000), 3, Peer.START);
        try (DatagramSocket neighbour = new DatagramSocket(null)) {
            neighbour.setReuseAddress(true);
            neighbour.setSoTimeout(60_000);
            neighbour.bind(new InetSocketAddress("0.0.0.0", site.port()));
            Collection network = site.network("devices", "", "device.ranges", "1-100, 1000-1300");
            byte[] whoIs = Frames.wrap(Frames.BROADCAST, Frames.globalHeader(), Questions.whoIs(1, 100)).array();
            assertEquals(new String(whoIs, ISO_8859_1), receive(neighbour));
            assertEquals(0, network.devices().size());
        }
        site.peer().device().sendLocalBroadcast(site.peer().device().getIAm());
        site.awaitCount(3);
    }

    @Test
    public void bringsNewRecordsWhenAskedTo() throws Exception {
        TrendLogObject log = site.peer().log(1, 5000);
        Peer.addReals(log, 10, Peer.START);
        Collection network = site.network();
        site.awaitCount(10);
        Peer.addReals(log, 75, Peer.START);
        assertEquals(1, network.collect(Set.of()));
        site.awaitCount(85);
        site.assertArchived(PeerSite.reals(1, 85, Peer.START), 1, 1);
        assertEquals(0, network.collect(Set.of(PeerSite.id(9), TrendLogId.parse("elsewhere.1200.TL1"))));
    }

    @Test
    public void aLogForWhichThereIsAPlaceLaterIsCollectedWithoutARestart() throws Exception {
        Peer.addReals(site.peer().log(1, 5000), 10, Peer.START);
        Peer.addReals(site.peer().log(2, 5000), 20, Peer.START);
        site.intake().leaveOut(Set.of(PeerSite.id(2)));
        Collection network = site.network();
        site.awaitCount(10);
        assertFalse(network.log(PeerSite.id(2)).orElseThrow().archived());
        assertEquals(1, network.network().archived());
        assertTrue("it asked with a description", site.intake().logs().containsKey(PeerSite.id(2)));
        site.intake().leaveOut(Set.of());
        site.awaitCount(30);
        assertEquals(2, network.network().archived());
    }

    @Test
    public void nothingIsSkippedWhileTheArchiveTakesNothing() throws Exception {
        Peer.addReals(site.peer().log(1, 5000), 30, Peer.START);
        site.intake().fill(true);
        Collection network = site.network();
        Await.until("the visit fails",
                () -> network.logs().stream().anyMatch(log -> log.cause().equals("the disk is full")));
        assertEquals(Health.Level.FAILED, network.logs().get(0).level());
        site.intake().fill(false);
        network.collect(Set.of());
        site.awaitCount(30);
    }

    @Test
    public void archivesWhatTheOperatorChose() throws Exception {
        Peer.addReals(site.peer().log(1, 5000), 3, Peer.START);
        Peer.addReals(site.peer().log(2, 5000), 4, Peer.START);
        Peer.addReals(site.peer().log(3, 5000), 5, Peer.START);
        site.intake().choose(Set.of(PeerSite.id(1)), true);
        Collection network = site.network("archive.automatically", false);
        site.awaitCount(3);
        assertEquals(1, network.choose(Set.of(PeerSite.id(2), PeerSite.id(77)), true));
        site.awaitCount(7);
        assertEquals(2, network.network().archived());
        assertEquals("even what nobody chose", 1, network.collect(Set.of(PeerSite.id(3))));
        site.awaitCount(12);
    }

    private static String receive(DatagramSocket socket) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        do {
            socket.receive(packet);
        } while (!packet.getAddress().getHostAddress().equals("127.0.0.1")); // the device says something at start, too
        return new String(packet.getData(), 0, packet.getLength(), ISO_8859_1);
    }
}
