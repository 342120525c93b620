// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.serotonin.bacnet4j.obj.TrendLogObject;
import com.serotonin.bacnet4j.type.Encodable;
import com.serotonin.bacnet4j.type.constructed.DateTime;
import com.serotonin.bacnet4j.type.constructed.LogRecord;
import com.serotonin.bacnet4j.type.constructed.LogStatus;
import com.serotonin.bacnet4j.type.primitive.Null;
import com.serotonin.bacnet4j.type.primitive.Real;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.health.Health;
import org.coppercube.api.health.HealthCheck;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The collector against a device that BACnet4J plays, over real sockets on loopback. */
public class CollectorTest {
    private static final int INSTANCE = 1200;

    private final MemoryIntake intake = new MemoryIntake();
    private final List<AutoCloseable> open = new ArrayList<>();
    private int port;
    private Peer peer;

    @Before
    public void startPeer() throws Exception {
        try (DatagramSocket any = new DatagramSocket()) {
            port = any.getLocalPort();
        }
        peer = new Peer(INSTANCE, "127.0.0.9", port);
        open.add(peer);
    }

    @After
    public void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private Collection network(Object... keysAndValues) {
        Map<String, Object> properties = new HashMap<>(Map.of("service.pid", "org.coppercube.collector.bacnet~test",
                "site", "hq", "interface", "127.0.0.1", "port", port, "devices", INSTANCE + "@127.0.0.9",
                "time.zone", ZoneId.systemDefault().getId(), "apdu.timeout.ms", 300, "apdu.retries", 1));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        Collection network = BacnetNetwork.network(intake, properties);
        if (network instanceof Collector collector) {
            open.add(collector);
        }
        return network;
    }

    private static TrendLogId id(int log) {
        return new TrendLogId("hq", INSTANCE, TrendLogId.Kind.TL, log);
    }

    private void awaitCount(long count) {
        Await.until(count + " samples are archived", () -> intake.count() >= count);
        assertEquals(count, intake.count());
    }

    private static List<Sample> reals(int first, int last, long start) {
        List<Sample> samples = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            Instant time = Instant.ofEpochMilli(start + i * 60_000L);
            int offset = ZoneId.systemDefault().getRules().getOffset(time).getTotalSeconds() / 60;
            samples.add(new Sample(i, Sample.hundredths(time), offset, Sample.TimeSource.RECORD,
                    i % 2 == 0 ? Sample.OVERRIDDEN : 0, new Reading.Real(i / 8f)));
        }
        return samples;
    }

    /** Names the first that differs. */
    private void assertArchived(List<Sample> expected, int log, int run) {
        List<Sample> samples = intake.samples(id(log), run);
        for (int i = 0; i < Math.min(expected.size(), samples.size()); i++) {
            assertEquals(expected.get(i), samples.get(i));
        }
        assertEquals(expected.size(), samples.size());
    }

    @Test
    public void archivesTheRecordsOfADeviceOnceAndInOneCommit() throws Exception {
        Peer.addReals(peer.log(1, 5000), 500, Peer.START);
        Peer.addReals(peer.log(2, 100), 130, Peer.START);
        Collection network = network();
        awaitCount(600);
        assertArchived(reals(1, 500, Peer.START), 1, 1);
        assertArchived(reals(31, 130, Peer.START), 2, 1); // what was overwritten before is no loss
        assertEquals(1, intake.commits());
        assertEquals(new TrendLog(id(1), "Supply air 1", "Plant 1200", "TL 1",
                new TrendLog.LoggedProperty(INSTANCE, "analog-input,1", "present-value"), "degrees-celsius",
                ZoneId.systemDefault(), Duration.ofMinutes(1), 5000), intake.logs().get(id(1)));
        Await.until("the visit is over", () -> network.network().state() == NetworkState.State.COLLECTING);
        assertEquals(new NetworkState("test", "hq", NetworkState.State.COLLECTING, "", 1, 0, 2, 2, 0),
                network.network());
        assertEquals("Plant 1200", network.devices().get(0).name());
        assertTrue(network.devices().get(0).answering());
        LogState log = network.log(id(1)).orElseThrow();
        assertEquals(Health.Level.OK, log.level());
        assertTrue(log.archived() && log.nextVisit().isAfter(log.lastSuccess()));
        assertEquals(Health.Level.OK, ((HealthCheck) network).check().level());
    }

    @Test
    public void looksForDevicesAndHearsThoseThatAnnounceThemselves() throws Exception {
        Peer.addReals(peer.log(1, 5000), 3, Peer.START);
        try (DatagramSocket neighbour = new DatagramSocket(null)) {
            neighbour.setReuseAddress(true);
            neighbour.setSoTimeout(60_000);
            neighbour.bind(new InetSocketAddress("0.0.0.0", port));
            Collection network = network("devices", "", "device.ranges", "1-100, 1000-1300");
            byte[] whoIs = Frames.wrap(Frames.BROADCAST, Frames.globalHeader(), Questions.whoIs(1, 100)).array();
            assertEquals(new String(whoIs, ISO_8859_1), receive(neighbour));
            assertEquals(0, network.devices().size());
        }
        peer.device().sendLocalBroadcast(peer.device().getIAm());
        awaitCount(3);
    }

    private static String receive(DatagramSocket socket) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        do {
            socket.receive(packet);
        } while (!packet.getAddress().getHostAddress().equals("127.0.0.1")); // the device says something at start, too
        return new String(packet.getData(), 0, packet.getLength(), ISO_8859_1);
    }

    @Test
    public void bringsNewRecordsWhenAskedTo() throws Exception {
        TrendLogObject log = peer.log(1, 5000);
        Peer.addReals(log, 10, Peer.START);
        Collection network = network();
        awaitCount(10);
        Peer.addReals(log, 75, Peer.START);
        assertEquals(1, network.collect(Set.of()));
        awaitCount(85);
        assertArchived(reals(1, 85, Peer.START), 1, 1);
        assertEquals(0, network.collect(Set.of(id(9), TrendLogId.parse("elsewhere.1200.TL1"))));
    }

    @Test
    public void countsWhatWasOverwrittenToTheRecord() throws Exception {
        TrendLogObject log = peer.log(1, 100);
        Peer.addReals(log, 50, Peer.START);
        Collection network = network();
        awaitCount(50);
        Peer.addReals(log, 173, Peer.START);
        network.collect(Set.of(id(1)));
        awaitCount(151);
        List<Sample> held = reals(124, 223, Peer.START);
        Sample next = held.get(0);
        List<Sample> expected = new ArrayList<>(reals(1, 50, Peer.START));
        expected.add(new Sample(51, next.time(), next.offset(), Sample.TimeSource.NEXT, 0,
                new Reading.Gap(73, Reading.Gap.Cause.OVERFLOW)));
        expected.addAll(held);
        assertArchived(expected, 1, 1);
    }

    @Test
    public void aLogThatStartsAgainOpensTheNextRun() throws Exception {
        TrendLogObject log = peer.log(1, 5000);
        Peer.addReals(log, 20, Peer.START);
        Collection network = network();
        awaitCount(20);
        Peer.empty(log);
        Peer.addReals(log, 5, Peer.START + 86_400_000);
        network.collect(Set.of());
        awaitCount(26); // and the gap that the ended run has
        assertArchived(reals(1, 5, Peer.START + 86_400_000), 1, 2);
        Peer.empty(log); // and has more records than before when it is looked at
        Peer.addReals(log, 90, Peer.START + 2 * 86_400_000);
        network.collect(Set.of());
        awaitCount(117);
        assertArchived(reals(1, 90, Peer.START + 2 * 86_400_000), 1, 3);
    }

    @Test
    public void aRecordWithoutTimeHasTheNextOnesAndAPurgeIsTold() throws Exception {
        TrendLogObject log = peer.log(1, 5000);
        Peer.addReals(log, 3, Peer.START);
        Collection network = network();
        awaitCount(3);
        Peer.addReals(log, 4, Peer.START);
        log.getBuffer().clear();
        Peer.add(log, new LogRecord(DateTime.UNSPECIFIED, new LogStatus(false, true, false), null));
        add(log, new DateTime(Peer.START), Null.instance);
        add(log, DateTime.UNSPECIFIED, Null.instance);
        network.collect(Set.of());
        awaitCount(7);
        List<Sample> samples = intake.samples(id(1), 1).subList(3, 7);
        assertEquals(List.of(new Reading.Gap(4, Reading.Gap.Cause.PURGE), new Reading.LogStatus(false, true, false),
                new Reading.Null(), new Reading.Null()), samples.stream().map(Sample::reading).toList());
        assertEquals(List.of(Sample.TimeSource.NEXT, Sample.TimeSource.NEXT, Sample.TimeSource.RECORD,
                Sample.TimeSource.READ), samples.stream().map(Sample::timeSource).toList());
        assertEquals(Instant.ofEpochMilli(Peer.START), samples.get(0).instant());
    }

    private static void add(TrendLogObject log, DateTime time, Encodable value) {
        Peer.add(log, LogRecord.createFromMonitoredValue(time, value, null));
    }

    @Test
    public void aLogThatShowsTheSameTimesAfterEveryStartOpensTheNextRunToo() throws Exception {
        Map<TrendLogObject, DateTime> logs = Map.of(peer.log(1, 5000), DateTime.UNSPECIFIED,
                peer.log(2, 5000), new DateTime(Peer.START));
        logs.forEach((log, time) -> List.of(1, 2).forEach(value -> add(log, time, new Real(value))));
        Collection network = network();
        awaitCount(4);
        logs.keySet().forEach(Peer::empty);
        logs.forEach((log, time) -> List.of(3, 4, 5).forEach(value -> add(log, time, new Real(value))));
        network.collect(Set.of());
        awaitCount(10);
        for (int log = 1; log <= 2; log++) {
            assertEquals(List.of(new Reading.Real(3), new Reading.Real(4), new Reading.Real(5)),
                    intake.samples(id(log), 2).stream().map(Sample::reading).toList());
        }
    }

    @Test
    public void aRecordThatIsNotCountedYetIsReadTheNextTime() throws Exception {
        TrendLogObject log = peer.log(1, 5000);
        Peer.addReals(log, 10, Peer.START);
        Peer.tellTotal(log, 8);
        Collection network = network();
        awaitCount(8);
        Peer.tellTotal(log, 9);
        network.collect(Set.of());
        awaitCount(9);
        Peer.tellTotal(log, 10);
        network.collect(Set.of());
        awaitCount(10);
        assertArchived(reals(1, 10, Peer.START), 1, 1);
    }

    @Test
    public void nothingIsSkippedWhileTheArchiveTakesNothing() throws Exception {
        Peer.addReals(peer.log(1, 5000), 30, Peer.START);
        intake.fill(true);
        Collection network = network();
        Await.until("the visit fails",
                () -> network.logs().stream().anyMatch(log -> log.cause().equals("the disk is full")));
        assertEquals(Health.Level.FAILED, network.logs().get(0).level());
        intake.fill(false);
        network.collect(Set.of());
        awaitCount(30);
    }

    @Test
    public void archivesWhatTheOperatorChose() throws Exception {
        Peer.addReals(peer.log(1, 5000), 3, Peer.START);
        Peer.addReals(peer.log(2, 5000), 4, Peer.START);
        Peer.addReals(peer.log(3, 5000), 5, Peer.START);
        intake.choose(Set.of(id(1)), true);
        Collection network = network("archive.automatically", false);
        awaitCount(3);
        assertEquals(1, network.choose(Set.of(id(2), id(77)), true));
        awaitCount(7);
        assertEquals(2, network.network().archived());
        assertEquals("even what nobody chose", 1, network.collect(Set.of(id(3))));
        awaitCount(12);
    }

    @Test
    public void hostileDatagramsChangeNothing() throws Exception {
        TrendLogObject log = peer.log(1, 5000);
        Peer.addReals(log, 100, Peer.START);
        int local;
        try (DatagramSocket any = new DatagramSocket()) {
            local = any.getLocalPort();
        }
        Collection network = network("local.port", local);
        awaitCount(100);
        Random random = new Random(1);
        byte[] freezeCov = FenceTest.hex(FenceTest.FREEZE_COV);
        byte[] freezePrivate = bvlc(FenceTest.hex(FenceTest.FREEZE_PRIVATE));
        byte[] answer = bvlc(FenceTest.hex(FenceTest.F38_ANSWER));
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
                attacker.send(new DatagramPacket(junk, junk.length, new InetSocketAddress("127.255.255.255", port)));
            }
        }
        Peer.addReals(log, 1, Peer.START);
        network.collect(Set.of());
        awaitCount(201);
        assertArchived(reals(1, 201, Peer.START), 1, 1);
        assertTrue(((HealthCheck) network).check().detail().contains("SERVICE="));
        assertTrue("our own device still answers", answersWhoIs(local));
    }

    private static byte[] bvlc(byte[] apdu) {
        return Frames.wrap(Frames.UNICAST, new byte[] {1, 0}, apdu).array();
    }

    private boolean answersWhoIs(int local) throws Exception {
        try (DatagramSocket listener = new DatagramSocket(null)) {
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress("0.0.0.0", port));
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

    @Test
    public void isDownUntilItsPortIsFree() throws Exception {
        Peer.addReals(peer.log(1, 5000), 3, Peer.START);
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            Collection network = network("local.port", other.getLocalPort());
            Await.until("it says so", () -> network.network().state() == NetworkState.State.DOWN);
            String cause = network.network().cause();
            assertTrue(cause, cause.startsWith("127.0.0.1:" + other.getLocalPort()));
            assertEquals(Health.Level.FAILED, ((HealthCheck) network).check().level());
        }
        awaitCount(3);
    }

    @Test
    public void isDownWithoutItsInterface() {
        Collection network = network("interface", "nosuch0");
        Await.until("it says so", () -> network.network().state() == NetworkState.State.DOWN);
        assertTrue(network.network().cause(), network.network().cause().contains("nosuch0"));
    }

    @Test
    public void wrongSettingsAreToldAndNothingElseHappens() {
        Collection network = network("visit.minutes", "never");
        String key = "org.coppercube.collector.bacnet-test.cfg: visit.minutes";
        String rule = key + " is never; it must be a number from 1 to 44640";
        assertEquals(new NetworkState("test", "hq", NetworkState.State.MISCONFIGURED, rule, 0, 0, 0, 0, 0),
                network.network());
        String publicLine = "The settings of a network are wrong. " + key + ": it must be a number from 1 to 44640";
        assertEquals(new Health(Health.Level.FAILED, publicLine, rule), ((HealthCheck) network).check());
        assertEquals(0, network.collect(Set.of()) + network.choose(Set.of(id(1)), true));
        assertEquals(0, network.logs().size() + network.devices().size());
    }

    @Test
    public void closingLeavesNoThread() throws Exception {
        Peer.addReals(peer.log(1, 5000), 2000, Peer.START);
        Collector network = (Collector) network();
        Await.until("its loop, its link and BACnet4J run", () -> threads().size() >= 3);
        network.close();
        Await.until("its threads are gone", () -> threads().isEmpty());
    }

    @Test
    public void closingWhileItOpensLeavesNoThreadEither() throws Exception {
        for (int i = 0; i < 20; i++) {
            Collector network = (Collector) network();
            int wanted = i % 4;
            Await.until("it has come so far", () -> threads().size() >= wanted);
            network.close();
        }
        Await.until("all threads are gone", () -> threads().isEmpty());
    }

    /** Those of the collector, and those that BACnet4J has for it; the peer's own come and go as they like. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("collector-bacnet") || name.contains("4194000")).toList();
    }
}
