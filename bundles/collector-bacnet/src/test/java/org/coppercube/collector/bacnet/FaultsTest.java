// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.Questions;
import org.junit.After;
import org.junit.Test;

/** The collector against devices that do not do as they should. */
public class FaultsTest {
    private static final String NO_RECORDS = "30001a0c050000011983" + "3a05004900" + "5e5f";

    private final MemoryIntake intake = new MemoryIntake();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Farm farm;

    @After
    public void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private Collector collect(int devices, int logs, int records, BinaryOperator<byte[]> script) throws Exception {
        int port;
        try (DatagramSocket any = new DatagramSocket()) {
            port = any.getLocalPort();
        }
        farm = new Farm(devices, logs, records, port, script);
        open.add(farm);
        Collector collector = (Collector) BacnetNetwork.network(intake, Map.of(
                "service.pid", "org.coppercube.collector.bacnet~farm", "site", "hq", "interface", "127.0.0.1",
                "port", port, "devices", farm.list(), "time.zone", "Europe/Vienna",
                "apdu.timeout.ms", 200, "apdu.retries", 1));
        open.add(collector);
        return collector;
    }

    private static TrendLogId id(int device, int log) {
        return new TrendLogId("hq", device, TrendLogId.Kind.TL, log);
    }

    private List<Sample> awaitSamples(int device, int log, int count) {
        Await.until(count + " samples are archived", () -> intake.samples(id(device, log), 1).size() >= count);
        List<Sample> samples = intake.samples(id(device, log), 1);
        for (int i = 0; i < count; i++) {
            assertEquals(i + 1, samples.get(i).sequence());
        }
        assertEquals(count, samples.size());
        return samples;
    }

    private static boolean asks(byte[] request, int service) {
        return request[3] == service;
    }

    private static byte[] replaced(byte[] answer, int at, int value) {
        byte[] copy = answer.clone();
        copy[at] = (byte) value;
        return copy;
    }

    @Test
    public void manyDevicesAndManyLogsAreReadSideBySide() throws Exception {
        Collector network = collect(20, 5, 300, (request, answer) -> answer);
        Await.until("all is archived", () -> intake.count() == 20 * 5 * 300);
        Await.until("the visits are over", () -> network.network().state() == NetworkState.State.COLLECTING);
        assertEquals(100, network.network().archived());
        assertEquals("one commit a device", 20, intake.commits());
    }

    @Test
    public void aLongObjectListIsReadByItsElements() throws Exception {
        Collector network = collect(1, 400, 1, (request, answer) -> answer);
        Await.until("all is archived", () -> intake.count() == 400);
        assertEquals(400, network.logs().size());
    }

    @Test
    public void aDeviceWithoutReadPropertyMultipleIsAskedOneByOne() throws Exception {
        collect(1, 3, 100, (request, answer) -> asks(request, Questions.READ_PROPERTY_MULTIPLE)
                ? new byte[] {0x60, request[2], 9} : answer);
        awaitSamples(1, 3, 100);
        assertEquals("Log 3", intake.logs().get(id(1, 3)).name());
    }

    @Test
    public void fewerRecordsAreAskedForWhenTheAnswerDoesNotFit() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        collect(1, 1, 500, (request, answer) -> {
            boolean tooLong = asks(request, Questions.READ_RANGE) && answer.length > 480;
            asked.addAndGet(tooLong ? 1 : 0);
            return tooLong ? new byte[] {0x71, request[2], 4} : answer;
        });
        awaitSamples(1, 1, 500);
        assertEquals("57 and 28 are too many, then it is known", 2, asked.get());
    }

    @Test
    public void aRecordThatFitsIntoNoDatagramIsPassedOverAndMarked() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        collect(1, 1, 100, (request, answer) -> {
            boolean records = asks(request, Questions.READ_RANGE);
            asked.addAndGet(records ? 1 : 0);
            return records && holds(request, 50) ? new byte[] {0x71, request[2], 1} : answer;
        });
        List<Sample> samples = awaitSamples(1, 1, 100);
        assertEquals(new Reading.Gap(1, Reading.Gap.Cause.UNDECODABLE), samples.get(49).reading());
        assertEquals(Sample.TimeSource.NEXT, samples.get(49).timeSource());
        assertEquals(99, samples.stream().filter(one -> one.reading().equals(new Reading.Real(1))).count());
        assertTrue("the others are not asked for one by one: " + asked, asked.get() < 30);
    }

    @Test
    public void aRecordWhoseTagsAreBrokenIsKeptAsItCame() throws Exception {
        collect(1, 1, 100, (request, answer) -> asks(request, Questions.READ_RANGE) && holds(request, 7)
                ? replaced(answer, 16 + 22 * (7 - first(request)), 0x0F) : answer);
        List<Sample> samples = awaitSamples(1, 1, 100);
        assertEquals(1, samples.stream().filter(one -> one.reading() instanceof Reading.Undecodable).count());
        assertTrue(samples.get(6).reading().toString(), samples.get(6).reading() instanceof Reading.Undecodable);
    }

    private static int first(byte[] request) {
        int length = request[12] & 7;
        return length == 1 ? request[13] & 0xFF : (request[13] & 0xFF) << 8 | request[14] & 0xFF;
    }

    private static boolean holds(byte[] request, int sequence) {
        int count = request[13 + (request[12] & 7) + 1];
        return first(request) <= sequence && sequence < first(request) + count;
    }

    @Test
    public void anAnswerAboutAnotherLogIsNotBelievedAndTheOtherLogsAreRead() throws Exception {
        Collector network = collect(1, 2, 50, (request, answer) ->
                asks(request, Questions.READ_RANGE) && request[8] == 1 && answer.length > 7
                        ? replaced(answer, 7, 2) : answer);
        awaitSamples(1, 2, 50);
        Await.until("the visit is over", () -> network.log(id(1, 1)).orElseThrow().lastAttempt() != null);
        LogState log = network.log(id(1, 1)).orElseThrow();
        assertEquals(Health.Level.FAILED, log.level());
        assertTrue(log.cause(), log.cause().contains("trend-log,2"));
        assertEquals(Health.Level.DEGRADED, network.check().level());
        assertEquals(0, intake.samples(id(1, 1), 1).size());
    }

    @Test
    public void aCountThatLiesIsBelievedOfNoMoreThanOneRecord() throws Exception {
        collect(1, 1, 50, (request, answer) -> asks(request, Questions.READ_RANGE) ? replaced(answer, 14, 200) : answer);
        List<Sample> samples = awaitSamples(1, 1, 50);
        assertEquals(50, samples.stream().filter(one -> one.reading().equals(new Reading.Real(1))).count());
    }

    @Test
    public void aDeviceThatCountsRecordsAndGivesNoneIsNotAskedForEver() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Collector network = collect(1, 1, 50, (request, answer) -> {
            if (asks(request, Questions.READ_RANGE)) {
                asked.incrementAndGet();
                return replaced(Hex.bytes(NO_RECORDS), 1, request[2]);
            }
            return answer;
        });
        open.add(() -> assertTrue("asked " + asked, asked.get() < 15));
        Await.until("it is told", () -> network.logs().stream().anyMatch(log -> !log.cause().isEmpty()));
    }

    @Test
    public void lostAndDoubledAnswersDoNoHarm() throws Exception {
        AtomicInteger number = new AtomicInteger();
        collect(1, 2, 1000, (request, answer) -> number.incrementAndGet() % 7 == 0 ? null : answer);
        awaitSamples(1, 1, 1000);
        awaitSamples(1, 2, 1000);
    }

    @Test
    public void aSilentDeviceIsToldAndIsBackWhenItAnswersAgain() throws Exception {
        AtomicBoolean silent = new AtomicBoolean();
        Collector network = collect(1, 1, 10, (request, answer) -> silent.get() ? null : answer);
        Await.until("it is collected", () -> network.network().state() == NetworkState.State.COLLECTING);
        silent.set(true);
        network.collect(Set.of());
        Await.until("it is told", () -> network.network().state() == NetworkState.State.DOWN);
        assertEquals("none of its 1 devices answers", network.network().cause());
        assertEquals("no answer", network.devices().get(0).cause());
        assertEquals(Health.Level.FAILED, network.logs().get(0).level());
        Instant tried = network.logs().get(0).lastAttempt();
        network.collect(Set.of());
        Await.until("it is told of the log again", () -> network.logs().get(0).lastAttempt().isAfter(tried));
        silent.set(false);
        network.collect(Set.of());
        Await.until("it is back", () -> network.network().state() == NetworkState.State.COLLECTING);
        assertEquals(Health.Level.OK, network.logs().get(0).level());
    }

    @Test
    public void anErrorOfAClassThatDoesNotExistEndsNoVisitForEver() throws Exception {
        AtomicBoolean said = new AtomicBoolean();
        collect(1, 1, 10, (request, answer) -> asks(request, Questions.READ_RANGE) && !said.getAndSet(true)
                ? replaced(Hex.bytes("50001a" + "9480000000" + "9120"), 1, request[2]) : answer);
        awaitSamples(1, 1, 10);
    }

    @Test
    public void whatIsOverwrittenBeforeItCouldFirstBeReadIsNoLoss() throws Exception {
        AtomicBoolean said = new AtomicBoolean();
        collect(1, 1, 10, (request, answer) -> {
            if (asks(request, Questions.READ_RANGE) && !said.getAndSet(true)) {
                farm.overwrite(3);
                return replaced(Hex.bytes(NO_RECORDS), 1, request[2]);
            }
            return answer;
        });
        Await.until("it is collected", () -> intake.count() > 0);
        List<Sample> samples = intake.samples(id(1, 1), 1);
        assertEquals(List.of(4L, 5L, 6L, 7L, 8L, 9L, 10L), samples.stream().map(Sample::sequence).toList());
        assertEquals(7, samples.stream().filter(one -> one.reading().equals(new Reading.Real(1))).count());
    }

    @Test
    public void noLogCountsAsCollectedWhenTheArchiveDidNotTakeIt() throws Exception {
        intake.fill(true);
        Collector network = collect(1, 2, 15_000, (request, answer) -> answer);
        Await.until("it is told", () -> network.network().state() == NetworkState.State.DOWN);
        assertEquals("none of its 2 archived logs can be collected (the disk is full)", network.network().cause());
        assertTrue(network.logs().stream().allMatch(log -> log.lastSuccess() == null));
        Await.until("it is not called the device's fault", () -> network.devices().get(0).answering());
    }

    @Test
    public void anotherDeviceAtTheSameAddressIsNotTakenForOurs() throws Exception {
        AtomicBoolean another = new AtomicBoolean();
        Collector network = collect(1, 1, 10, (request, answer) -> another.get()
                ? renamed(answer, "Device 1", "Device X") : answer);
        Await.until("it is collected", () -> network.network().state() == NetworkState.State.COLLECTING);
        another.set(true);
        farm.grow(20);
        network.collect(Set.of());
        Await.until("it is told", () -> !network.devices().get(0).cause().isEmpty());
        assertEquals("the device there is not called Device 1 but Device X", network.devices().get(0).cause());
        assertEquals(10, intake.count());
        network.collect(Set.of());
        awaitSamples(1, 1, 20);
        assertEquals("it is the same with another name", "Device X", network.devices().get(0).name());
    }

    private static byte[] renamed(byte[] answer, String from, String to) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    public void aDeviceThatCannotBeDescribedIsNoHealthyOne() throws Exception {
        Collector network = collect(1, 1, 10, (request, answer) ->
                asks(request, Questions.READ_PROPERTY) && request[10] == PropertyRef.OBJECT_LIST
                        ? Hex.bytes("50%02x0c91029120".formatted(request[2])) : answer);
        Await.until("it answers", () -> network.devices().get(0).answering());
        assertTrue(network.devices().get(0).cause(), network.devices().get(0).cause().contains("object list"));
        assertEquals(Health.Level.DEGRADED, network.check().level());
    }

    @Test
    public void aChoiceMadeWhileTheDeviceIsDescribedAgainHolds() throws Exception {
        Collector network = collect(1, 2, 10, (request, answer) -> answer);
        Await.until("it is collected", () -> network.network().state() == NetworkState.State.COLLECTING);
        intake.afterChosen(log -> network.choose(Set.of(id(1, 1)), false));
        farm.keep(1);
        Await.until("it is described again", () -> {
            network.collect(Set.of(id(1, 1), id(1, 2)));
            return network.log(id(1, 2)).isEmpty();
        });
        assertEquals(0, network.network().archived());
    }

    @Test
    public void aNetworkWithoutAnArchivedLogDoesNotCollect() throws Exception {
        Collector network = collect(1, 1, 10, (request, answer) -> answer);
        Await.until("it is collected", () -> network.network().state() == NetworkState.State.COLLECTING);
        network.choose(Set.of(id(1, 1)), false);
        assertEquals(NetworkState.State.STARTING, network.network().state());
        assertEquals("No log is chosen", network.check().publicLine());
    }
}
