// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import static java.util.stream.Collectors.joining;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.coppercube.api.collect.DeviceState;
import org.coppercube.api.health.Health;
import org.coppercube.collector.bacnet.Await;
import org.coppercube.collector.bacnet.BacnetNetwork;
import org.coppercube.collector.bacnet.Collector;
import org.coppercube.collector.bacnet.Farm;
import org.coppercube.collector.bacnet.Hex;
import org.coppercube.collector.bacnet.MemoryIntake;
import org.coppercube.collector.bacnet.ScriptedDevice;
import org.coppercube.collector.bacnet.TestMachine;
import org.coppercube.collector.bacnet.exchange.Meter;
import org.coppercube.collector.bacnet.exchange.Properties;
import org.coppercube.collector.bacnet.exchange.Requests;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.log.Bindings;
import org.coppercube.collector.bacnet.log.Hold;
import org.coppercube.collector.bacnet.log.Means;
import org.coppercube.collector.bacnet.message.Questions;
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
        return new Roster(means(), settings(), new Bounds(strangersStay, Duration.ofDays(1)));
    }

    private Means means() {
        return means((to, apdu) -> asked.incrementAndGet());
    }

    private Means means(Requests.Wire wire) {
        Requests requests = new Requests(loop, wire, new Courtesy(Duration.ofMillis(20), 0, 200, 0, null), new Meter());
        return new Means(loop, requests, new Properties(requests), new MemoryIntake(), new Hold(), ZoneOffset.UTC,
                new Bindings());
    }

    private static Settings settings() throws WrongSetting {
        return settings("");
    }

    private static Settings settings(String devices) throws WrongSetting {
        return Settings.read(new SettingsFile(Map.of("site", "hq", "interface", "127.0.51.1", "devices", devices)));
    }

    private static String fixed(int devices) {
        return IntStream.rangeClosed(1, devices).mapToObj(i -> i + "@" + station(i)).collect(joining(","));
    }

    /** All places but one are taken for good; who is at the last one answers everything with the number 7. */
    private Roster almostFull(Duration silentStay, Supplier<Boolean> answering) throws Exception {
        AtomicReference<Requests> requests = new AtomicReference<>();
        Means means = means((to, apdu) -> {
            if (to.equals(station(5001)) && answering.get()) {
                String id = "%02x".formatted(apdu[2]);
                byte[] answer = Hex.bytes(apdu[3] == Questions.READ_PROPERTY_MULTIPLE ? "60" + id + "09"
                        : "30" + id + "0c" + HexFormat.of().formatHex(apdu, 4, apdu.length) + "3e21073f");
                loop.execute(() -> requests.get().answered(to, answer, 0));
            }
        });
        requests.set(means.requests());
        Roster roster = new Roster(means, settings(fixed(4095)), new Bounds(Duration.ofDays(1), silentStay));
        hear(roster, 5001);
        loop.execute(() -> roster.visit(5001, List.of())); // not within the spread of thousands
        Await.until("it is met", () -> state(roster, 5001).filter(DeviceState::answering).isPresent());
        assertEquals(4096, roster.size());
        return roster;
    }

    private void hear(Roster roster, int instance) {
        loop.execute(() -> roster.heard(instance, station(instance), 480));
    }

    private static Optional<DeviceState> state(Roster roster, int instance) {
        return roster.deviceStates().stream().filter(device -> device.instance() == instance).findAny();
    }

    @Test
    public void whoFindsNoPlaceIsNamedOnce() throws Exception {
        PrintStream usual = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Roster roster = almostFull(Duration.ZERO, () -> true);
        assertEquals("", roster.full());
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            for (int instance = 5002; instance <= 5010; instance++) {
                String from = instance + " at " + station(instance);
                hear(roster, instance);
                Await.until("it is told", () -> roster.full()
                        .equals("no more than 4096 devices are taken in: device " + from + " is not"));
            }
        } finally {
            System.setErr(usual);
        }
        List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(lines.toString(), 1, lines.size());
        assertTrue(lines.toString(), lines.get(0).contains("devices = 5002@127.0.52.2:5002"));
        assertTrue("who answers stays", state(roster, 5001).isPresent());
    }

    @Test
    public void aNetworkSaysThatSomebodyFindsNoPlace() throws Exception {
        int port = TestMachine.freePort();
        try (ScriptedDevice newcomer = new ScriptedDevice(5002, "127.0.51.2", port, "Newcomer", 5);
                Collector network = (Collector) BacnetNetwork.network(new MemoryIntake(), Map.of("site", "hq",
                        "interface", "127.0.51.1", "port", port, "devices", fixed(4096)))) {
            Await.until("its health names it", () -> {
                try {
                    newcomer.announce();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                return network.check().level() == Health.Level.DEGRADED && network.check().detail()
                        .contains("; no more than 4096 devices are taken in: device 5002 at 127.0.51.2:" + port);
            });
        }
    }

    private Roster fallenSilent(Duration silentStay) throws Exception {
        AtomicBoolean answering = new AtomicBoolean(true);
        Roster roster = almostFull(silentStay, answering::get);
        answering.set(false);
        loop.execute(() -> roster.visit(5001, List.of()));
        Await.until("it is silent", () -> roster.silent() == 1);
        return roster;
    }

    @Test
    public void whoHasNoLogsMakesRoomWhenItHasBeenSilentForLong() throws Exception {
        Roster roster = fallenSilent(Duration.ZERO);
        Await.until("another has its place", () -> {
            hear(roster, 5002);
            return state(roster, 5002).isPresent();
        });
        assertEquals(Optional.empty(), state(roster, 5001));
        assertEquals(4096, roster.size());
    }

    @Test
    public void whoHasNoLogsKeepsItsPlaceForADay() throws Exception {
        Roster roster = fallenSilent(Duration.ofDays(1));
        hear(roster, 5002);
        Await.until("the other has none", () -> !roster.full().isEmpty());
        assertTrue(state(roster, 5001).isPresent());
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
            Device device = new Device(means, settings, new Bounds(Duration.ZERO, Duration.ZERO), gone -> { }, i,
                    station(i), 480, true);
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
