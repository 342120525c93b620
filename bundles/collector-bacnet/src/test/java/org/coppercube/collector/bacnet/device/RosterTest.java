// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.coppercube.collector.bacnet.Await;
import org.coppercube.collector.bacnet.BacnetNetwork;
import org.coppercube.collector.bacnet.Collector;
import org.coppercube.collector.bacnet.Farm;
import org.coppercube.collector.bacnet.MemoryIntake;
import org.coppercube.collector.bacnet.exchange.Meter;
import org.coppercube.collector.bacnet.exchange.Properties;
import org.coppercube.collector.bacnet.exchange.Requests;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.log.Bindings;
import org.coppercube.collector.bacnet.log.Hold;
import org.coppercube.collector.bacnet.log.Means;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Courtesy;
import org.coppercube.collector.bacnet.settings.Settings;
import org.coppercube.collector.bacnet.settings.SettingsFile;
import org.coppercube.collector.bacnet.settings.WrongSetting;
import org.junit.After;
import org.junit.Test;

/** Many devices that are announced and never answer, and one that tells too much. */
public class RosterTest {
    private final Loop loop = new Loop("test");
    private final AtomicInteger asked = new AtomicInteger();

    @After
    public void close() {
        loop.close();
    }

    private Roster roster(Duration strangersStay) throws Exception {
        return new Roster(means(), settings(), new Bounds(strangersStay));
    }

    private Means means() {
        Requests requests = new Requests(loop, (to, apdu) -> asked.incrementAndGet(),
                new Courtesy(Duration.ofMillis(20), 0, 200, 0, null), new Meter());
        return new Means(loop, requests, new Properties(requests), new MemoryIntake(), new Hold(), ZoneOffset.UTC,
                new Bindings());
    }

    private static Settings settings() throws WrongSetting {
        return Settings.read(new SettingsFile(Map.of("site", "hq", "interface", "127.0.51.1")));
    }

    private static Station station(int instance) {
        return new Station(new InetSocketAddress("127.0.52." + instance % 200, instance));
    }

    private void announce(Roster roster, int devices) {
        loop.execute(() -> IntStream.rangeClosed(1, devices).forEach(i -> roster.heard(i, station(i), 480)));
    }

    @Test
    public void whoNeverAnswersIsForgottenAfterADay() throws Exception {
        Roster patient = roster(Duration.ofDays(1));
        announce(patient, 100);
        Await.until("all are asked", () -> patient.silent() == 100);
        assertEquals(100, patient.size());
        Roster forgetful = roster(Duration.ZERO);
        announce(forgetful, 100);
        Await.until("all are asked and forgotten", () -> asked.get() >= 200 && forgetful.size() == 0);
        assertEquals(List.of(), forgetful.deviceStates());
    }

    @Test
    public void whoNeverAnswersIsAskedSeldomHoweverOftenHeIsAnnounced() throws Exception {
        Roster roster = roster(Duration.ofDays(1));
        announce(roster, 100);
        for (int round = 1; round <= 4; round++) { // so that the pauses grow
            int all = 100 * round;
            Await.until("all are asked", () -> asked.get() >= all);
            loop.execute(() -> IntStream.rangeClosed(1, 100).forEach(i -> roster.visit(i, List.of())));
        }
        Await.until("all are asked", () -> asked.get() >= 500);
        int before = asked.get();
        for (int more = 1; more <= 10; more++) {
            int all = 100 + more;
            announce(roster, all);
            Await.until("the new one is asked", () -> roster.silent() == all);
        }
        assertTrue("asked " + asked, asked.get() < before + 500); // without a pause it would be 1000 more
    }

    @Test
    public void firstVisitsAreSpread() throws Exception {
        Means means = means();
        Settings settings = settings();
        List<Instant> planned = IntStream.range(0, 200).mapToObj(i -> {
            Device device = new Device(means, settings, new Bounds(Duration.ZERO), gone -> { }, i, station(i), 480,
                    true);
            device.visitWithin(Duration.ofHours(100));
            return device.nextVisit();
        }).sorted().toList();
        assertTrue("half of them within a quarter of the time",
                planned.get(100).isAfter(planned.get(0).plus(Duration.ofHours(25))));
    }

    @Test
    public void noDeviceIsTakenMoreThanFiveThousandLogsFrom() throws Exception {
        int port;
        try (DatagramSocket any = new DatagramSocket()) {
            port = any.getLocalPort();
        }
        try (Farm farm = new Farm(1, 5_100, 0, port, (request, answer) -> answer);
                Collector network = (Collector) BacnetNetwork.network(new MemoryIntake(), Map.of("site", "hq",
                        "interface", "127.0.51.1", "port", port, "devices", farm.list()))) {
            Await.until("it is described and read",
                    () -> network.logs().stream().anyMatch(log -> log.lastSuccess() != null));
            assertEquals(5_000, network.logs().size());
        }
    }
}
