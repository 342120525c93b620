// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.net.DatagramSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.coppercube.api.collect.DeviceState;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.Await;
import org.coppercube.collector.bacnet.BacnetNetwork;
import org.coppercube.collector.bacnet.Collector;
import org.coppercube.collector.bacnet.MemoryIntake;
import org.coppercube.collector.bacnet.ScriptedDevice;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** How often devices are visited and what for, and where they are found. */
public class DeviceTest {
    private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MemoryIntake intake = new MemoryIntake();
    private final List<AutoCloseable> open = new ArrayList<>();
    private int port;
    private ScriptedDevice device;
    private Collector network;
    private int timeout = 3000; // so that nothing is asked twice on a slow machine; less where one is silent

    @Before
    public void startDevice() throws Exception {
        try (DatagramSocket any = new DatagramSocket()) {
            port = any.getLocalPort();
        }
        device = device(7, "127.0.51.2", "Plant", 5);
    }

    @After
    public void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private ScriptedDevice device(int instance, String address, String name, int vendor) throws Exception {
        ScriptedDevice one = new ScriptedDevice(instance, address, port, name, vendor);
        open.add(one);
        one.logs(1);
        one.log(1, 10, 5000, MINUTE);
        return one;
    }

    private void collect(String devices) {
        network = (Collector) BacnetNetwork.network(intake, Map.of(
                "service.pid", "org.coppercube.collector.bacnet~site", "site", "hq", "interface", "127.0.51.1",
                "port", port, "devices", devices, "time.zone", VIENNA.getId(), "apdu.timeout.ms", timeout,
                "apdu.retries", 1));
        open.add(network);
    }

    private void collectFixed() {
        collect("7@127.0.51.2:" + port);
        awaitCollected();
    }

    /** Found by its I-Am, as most devices are. */
    private void collectAnnounced() {
        collect("");
        Await.until("it is heard", () -> {
            announce(device);
            return !network.devices().isEmpty();
        });
        awaitCollected();
    }

    private void awaitCollected() {
        Await.until("all is collected", () -> !network.logs().isEmpty()
                && network.logs().stream().allMatch(log -> log.lastSuccess() != null));
    }

    private static void announce(ScriptedDevice device) {
        try {
            device.announce();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private DeviceState state() {
        return network.devices().get(0);
    }

    private LogState log(int number) {
        return network.log(new TrendLogId("hq", 7, TrendLogId.Kind.TL, number)).orElseThrow();
    }

    /** Until all of its logs have been tried once more. */
    private void visitAgain() {
        Instant before = Instant.now();
        network.collect(Set.of());
        Await.until("it is visited again", () -> network.logs().stream()
                .allMatch(log -> log.lastAttempt() != null && log.lastAttempt().isAfter(before)));
    }

    @Test
    public void aVisitWithNothingNewCostsOneQuestionForThirtyLogs() {
        device.clock(VIENNA, Duration.ZERO);
        device.logs(61);
        collectFixed();
        for (int visit = 0; visit < 3; visit++) {
            device.forgetQuestions();
            visitAgain();
            assertEquals(3, device.asked());
        }
        device.log(44, 100, 5000, MINUTE);
        device.forgetQuestions();
        visitAgain();
        assertEquals("only the one with news is read", 3 + 2, device.asked());
        assertEquals(100, intake.samples(log(44).log().id(), 1).size());
    }

    /** As MS/TP controllers have them. */
    private void collectShort(int logs, long records) {
        device.answersWithin(480);
        device.set(ObjectId.device(7), PropertyRef.DATABASE_REVISION, ScriptedDevice.unsigned(1000));
        device.logs(logs);
        IntStream.rangeClosed(1, logs).forEach(log -> device.log(log, records, 10, MINUTE));
        collectFixed();
        device.forgetQuestions();
    }

    private int questions(int logs, long records) throws Exception {
        device.clock(VIENNA, Duration.ZERO); // which would not fit
        collectShort(logs, records);
        visitAgain();
        network.close();
        intake.forget();
        return device.asked();
    }

    @Test
    public void aDeviceOfShortAnswersIsAskedNoMoreQuestionsThanAnother() throws Exception {
        assertEquals(1, questions(30, 0));
        assertEquals(1, questions(30, 70_000));
        assertEquals(2, questions(31, 70_000));
        assertEquals(2, questions(60, 16_777_215));
        assertEquals("each has a byte more", 2, questions(30, 16_777_216));
    }

    @Test
    public void ofADeviceOfShortAnswersOnlyWhatHasNewsIsAskedForMore() {
        device.clock(VIENNA, Duration.ZERO);
        collectShort(30, 100);
        device.clock(VIENNA, Duration.ofHours(-2));
        device.log(7, 105, 10, MINUTE);
        visitAgain();
        assertEquals("who has news, how many has it, which", 3, device.asked());
        assertEquals(15, intake.samples(log(7).log().id(), 1).size());
        device.clock(VIENNA, Duration.ZERO);
        device.forgetQuestions();
        visitAgain();
        assertEquals(1, device.asked());
        assertEquals("its clock is looked at all the same", 2, state().clock().jumps());
    }

    @Test
    public void nothingIsReadFromAnotherDeviceOfShortAnswersThatHasTheSameRevision() {
        collectShort(30, 100);
        device.set(ObjectId.device(7), PropertyRef.VENDOR_IDENTIFIER, ScriptedDevice.unsigned(6));
        device.log(7, 105, 10, MINUTE);
        visitAgain();
        assertEquals("the device there is not of vendor 5 but of 6", state().cause());
        assertEquals(10, intake.samples(log(7).log().id(), 1).size());
    }

    @Test
    public void aDeviceOfShortAnswersThatIsGoneIsMissedThoughNoLogHasNews() throws Exception {
        collectShort(30, 100);
        device.close();
        ScriptedDevice tenant = device(8, "127.0.51.2", "Tenant", 5);
        tenant.answersWithin(480);
        tenant.logs(30);
        IntStream.rangeClosed(1, 30).forEach(log -> tenant.log(log, 100, 10, MINUTE));
        network.collect(Set.of());
        Await.until("it is missed", () -> state().cause().startsWith("no device 7 is there"));
    }

    @Test
    public void aDeviceOfShortAnswersWithOtherObjectsIsDescribedAgain() {
        collectShort(30, 100);
        device.set(ScriptedDevice.log(1), PropertyRef.DESCRIPTION, ScriptedDevice.text("Renamed"));
        device.set(ObjectId.device(7), PropertyRef.DATABASE_REVISION, ScriptedDevice.unsigned(1001));
        network.collect(Set.of());
        Await.until("it is described again", () -> log(1).log().name().equals("Renamed"));
    }

    @Test
    public void aDeviceOfFewWordsIsAskedForNoMoreThanItTells() {
        device.takesLists(false);
        collectFixed();
        device.forgetQuestions();
        visitAgain();
        assertEquals("name, vendor, number of objects, and two counts", 5, device.asked());
    }

    @Test
    public void aLogThatFillsFastIsVisitedAloneAndInTime() {
        device.logs(2);
        device.log(2, 10, 24, Duration.ofSeconds(1));
        collectFixed();
        assertTrue(log(1).nextVisit().isAfter(log(1).lastSuccess().plus(Duration.ofMinutes(227))));
        assertTrue(log(2).nextVisit().isBefore(log(2).lastSuccess().plusSeconds(13)));
        assertTrue(log(2).overflowAt().isBefore(log(2).lastSuccess().plusSeconds(24)));
        Instant slow = log(1).lastAttempt();
        Instant fast = log(2).lastAttempt();
        device.log(2, 22, 24, Duration.ofSeconds(1));
        Await.until("it is visited by itself", () -> log(2).lastSuccess().isAfter(fast));
        assertEquals(slow, log(1).lastAttempt());
        assertEquals(22, intake.samples(log(2).log().id(), 1).size());
    }

    @Test
    public void aLogThatOverflowsIsNoHealthyOne() {
        device.log(1, 10, 12, Duration.ofSeconds(1));
        collectFixed();
        assertEquals(Health.Level.DEGRADED, log(1).level());
        assertTrue(log(1).cause(), log(1).cause().contains("Buffer_Size of 259200"));
        Health health = network.check();
        assertEquals(Health.Level.DEGRADED, health.level());
        assertTrue(health.detail(), health.detail().contains("1 overflowing"));
    }

    @Test
    public void anObjectThatIsMadeIsFoundAtTheNextVisit() {
        collectFixed();
        device.logs(2);
        network.collect(Set.of());
        Await.until("it is found", () -> network.logs().size() == 2);
        Await.until("and collected", () -> log(2).lastSuccess() != null);
    }

    @Test
    public void aDeviceThatTellsItsRevisionIsDescribedAgainWhenThatChanges() {
        device.set(ObjectId.device(7), PropertyRef.DATABASE_REVISION, ScriptedDevice.unsigned(3));
        collectFixed();
        device.set(ScriptedDevice.log(1), PropertyRef.DESCRIPTION, ScriptedDevice.text("Renamed"));
        visitAgain();
        device.set(ObjectId.device(7), PropertyRef.DATABASE_REVISION, ScriptedDevice.unsigned(4));
        network.collect(Set.of());
        Await.until("it is described again", () -> log(1).log().name().equals("Renamed"));
    }

    @Test
    public void aChangeThatIsToldWhileItIsDescribedIsNotForgotten() {
        device.takesLists(false);
        device.logs(280);
        device.set(ObjectId.device(7), PropertyRef.DATABASE_REVISION, ScriptedDevice.unsigned(3));
        collectFixed();
        Set<TrendLogId> one = Set.of(log(1).log().id());
        device.set(ObjectId.device(7), PropertyRef.DATABASE_REVISION, ScriptedDevice.unsigned(4));
        device.forgetQuestions();
        network.collect(one);
        Await.until("the first log has described itself, of many", () -> device.asked() >= 25);
        device.set(ScriptedDevice.log(1), PropertyRef.DESCRIPTION, ScriptedDevice.text("Renamed"));
        device.set(ObjectId.device(7), PropertyRef.DATABASE_REVISION, ScriptedDevice.unsigned(5));
        network.collect(one);
        Await.until("it is described again", () -> log(1).log().name().equals("Renamed"));
    }

    @Test
    public void aLogThatDoesNotTellItsCountsIsNoReasonToDescribeItsDeviceAllTheTime() {
        device.logs(2);
        device.without(ScriptedDevice.log(2));
        collect("7@127.0.51.2:" + port);
        Await.until("one is collected", () -> network.logs().size() == 2 && log(1).lastSuccess() != null);
        Await.until("its description is over", () -> {
            device.forgetQuestions();
            visitAgain();
            return device.asked() == 1;
        });
        for (int i = 0; i < 5; i++) {
            visitAgain();
        }
        assertEquals(6, device.asked());
        assertTrue(log(2).cause(), log(2).cause().startsWith("it does not tell its record count"));
    }

    @Test
    public void aDeviceWithoutClockHasNoOffset() {
        collectFixed();
        assertNull("it has none", state().clock());
    }

    @Test
    public void aClockIsMeasuredAtEveryVisitAndAJumpIsCounted() {
        device.clock(VIENNA, Duration.ofSeconds(90));
        collectFixed();
        assertAhead(90);
        assertEquals(0, state().clock().jumps());
        device.clock(VIENNA, Duration.ofHours(-2));
        device.misses(1);
        visitAgain();
        assertAhead(90); // nobody knows which of two questions was answered
        visitAgain();
        assertAhead(-7200);
        assertEquals(1, state().clock().jumps());
    }

    private void assertAhead(long seconds) {
        Duration off = state().clock().ahead().minusSeconds(seconds).abs();
        assertTrue(state().clock().toString(), off.compareTo(Duration.ofSeconds(1)) < 0);
    }

    @Test
    public void aLogThatIsNeverAnsweredKeepsNoOtherWaiting() {
        timeout = 300;
        device.logs(3);
        device.log(2, 10, 5000, MINUTE);
        device.log(3, 10, 5000, MINUTE);
        device.dumb(ScriptedDevice.log(2));
        collect("7@127.0.51.2:" + port);
        Await.until("the others are collected", () -> network.logs().size() == 3
                && log(1).lastSuccess() != null && log(3).lastSuccess() != null);
        assertEquals("no answer", log(2).cause());
        assertTrue(state().answering());
    }

    @Test
    public void aDeviceThatFallsSilentAtSomeLogsIsReadAllTheSame() {
        timeout = 300;
        device.logs(6);
        IntStream.rangeClosed(2, 6).forEach(log -> device.log(log, 10, 5000, MINUTE));
        device.dumb(ScriptedDevice.log(2), ScriptedDevice.log(3));
        collect("7@127.0.51.2:" + port);
        Await.until("it is described", () -> network.logs().size() == 6);
        Await.until("the others are collected", () -> {
            visitAgain();
            return IntStream.of(1, 4, 5, 6).allMatch(log -> log(log).lastSuccess() != null);
        });
    }

    @Test
    public void aDeviceIsFollowedWhereItProvesToBe() throws Exception {
        timeout = 300;
        collectAnnounced();
        device.silent(true);
        ScriptedDevice there = device(7, "127.0.51.3", "Plant", 5);
        there.log(1, 25, 5000, MINUTE);
        announce(there);
        Await.until("it is followed", () -> state().address().equals("127.0.51.3:" + port));
        visitAgain();
        assertEquals("it counts on", 25, intake.samples(log(1).log().id(), 1).size());
        assertTrue(state().answering());
        assertEquals(List.of(), state().claimants());
    }

    @Test
    public void nobodyIsFollowedWhoCannotProveIt() throws Exception {
        timeout = 300;
        collectAnnounced();
        device.silent(true);
        ScriptedDevice vendor = device(7, "127.0.51.4", "Plant", 6);
        ScriptedDevice name = device(7, "127.0.51.5", "Other", 5);
        ScriptedDevice logs = device(7, "127.0.51.6", "Plant", 5);
        logs.without(ScriptedDevice.log(1));
        ScriptedDevice nobody = device(7, "127.0.51.8", "Plant", 5);
        nobody.silent(true);
        List<ScriptedDevice> claimants = List.of(vendor, name, logs, nobody);
        for (int i = 0; i < 3; i++) {
            claimants.forEach(DeviceTest::announce);
            visitAgain();
        }
        Await.until("none is believed", () -> state().claimants().size() == 4);
        device.silent(false);
        visitAgain();
        assertTrue(state().answering());
        assertEquals("127.0.51.2:" + port, state().address());
        claimants.forEach(one -> assertTrue("asked once, and once more if it was slow", one.asked() <= 2));
        assertEquals(10, intake.count());
        Health health = network.check();
        assertEquals(Health.Level.DEGRADED, health.level());
        assertTrue(health.detail(), health.detail().contains("device 7 is announced from several addresses"));
    }

    @Test
    public void nobodyIsAskedWhileTheDeviceAnswersWhereItIs() throws Exception {
        collectAnnounced();
        ScriptedDevice other = device(7, "127.0.51.3", "Plant", 5);
        device.forgetQuestions();
        IntStream.range(0, 50).forEach(i -> announce(other));
        Await.until("it is told", () -> state().claimants().equals(List.of("127.0.51.3:" + port)));
        assertEquals("the one we know was asked first", 1, device.asked());
        visitAgain();
        assertEquals(0, other.asked());
        assertEquals("127.0.51.2:" + port, state().address());
        assertEquals(Health.Level.DEGRADED, network.check().level());
    }

    @Test
    public void aDeviceStaysWhereItIsConfigured() throws Exception {
        timeout = 300;
        collectFixed();
        device.silent(true);
        ScriptedDevice other = device(7, "127.0.51.3", "Plant", 5);
        announce(other);
        Await.until("it is told", () -> state().claimants().equals(List.of("127.0.51.3:" + port)));
        network.collect(Set.of());
        Await.until("it is silent", () -> !state().answering());
        announce(other);
        network.collect(Set.of());
        device.silent(false);
        network.collect(Set.of());
        Await.until("it is back", () -> state().answering());
        assertEquals(0, other.asked());
    }

    @Test
    public void aDeviceWhoseAddressWasGivenToAnotherIsFoundElsewhere() throws Exception {
        collectAnnounced();
        device.close();
        ScriptedDevice tenant = device(8, "127.0.51.2", "Tenant", 5);
        ScriptedDevice there = device(7, "127.0.51.3", "Plant", 5);
        network.collect(Set.of());
        Await.until("it is missed", () -> !state().answering());
        assertTrue(state().cause(), state().cause().startsWith("no device 7 is there"));
        announce(there);
        visitAgain();
        Await.until("it is found",
                () -> state().address().equals("127.0.51.3:" + port) && state().cause().isEmpty());
        assertTrue(tenant.asked() > 0);
    }

    @Test
    public void aDeviceThatIsHeardAfterLongSilenceIsVisitedAtOnce() {
        timeout = 300;
        collectAnnounced();
        device.silent(true);
        for (int i = 0; i < 5; i++) { // the pauses grow to minutes
            visitAgain();
        }
        device.silent(false);
        announce(device);
        Await.until("it is visited", () -> state().answering());
    }

    @Test
    public void anotherVendorAtTheSameAddressIsTakenForAnExchange() {
        collectFixed();
        device.set(ObjectId.device(7), PropertyRef.VENDOR_IDENTIFIER, ScriptedDevice.unsigned(6));
        device.log(1, 20, 5000, MINUTE);
        visitAgain();
        assertEquals("the device there is not of vendor 5 but of 6", state().cause());
        assertEquals("nothing is mixed unseen", 10, intake.count());
        visitAgain();
        assertEquals(6, state().vendor());
        assertEquals(20, intake.count());
    }
}
