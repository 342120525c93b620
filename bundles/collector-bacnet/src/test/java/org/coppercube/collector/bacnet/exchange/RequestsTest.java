// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.exchange;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.coppercube.api.collect.Traffic;
import org.coppercube.collector.bacnet.Await;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Courtesy;
import org.junit.After;
import org.junit.Test;

/** Which questions are under way, and which wait. */
public class RequestsTest {
    private static final Questions.Question QUESTION = new Questions.Question(Questions.READ_PROPERTY, new byte[0]);
    private static final InetSocketAddress ROUTER = new InetSocketAddress("10.0.0.1", 47808);
    private static final Duration LONG = Duration.ofMinutes(5);

    private record Sent(Station to, byte[] apdu, long at) {
    }

    private final Loop loop = new Loop("test");
    private final Meter meter = new Meter();
    private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());
    private final List<Station> silent = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean broken;
    private Requests requests;

    @After
    public void close() {
        loop.close();
    }

    private void begin(Duration timeout, int retries, int outstanding, int perSecond, Courtesy.Routed routed) {
        requests = new Requests(loop, new Requests.Wire() {
            @Override
            public void send(Station to, byte[] apdu) {
                if (broken) {
                    throw new NoClassDefFoundError("exchanged");
                }
                sent.add(new Sent(to, apdu, System.nanoTime()));
            }

            @Override
            public void fellSilent(Station station) {
                silent.add(station);
            }
        }, new Courtesy(timeout, retries, outstanding, perSecond, routed), meter);
    }

    private void begin(int outstanding) {
        begin(LONG, 0, outstanding, 0, new Courtesy.Routed(1, 0));
    }

    private static Contact known(int device) {
        return known(new Station(new InetSocketAddress("10.0.1." + device, 47808)));
    }

    private static Contact known(Station station) {
        Contact contact = new Contact(station, 1476);
        contact.hasAnswered();
        return contact;
    }

    private static Station routed(int device) {
        return new Station(ROUTER, 2001, "%02x".formatted(device));
    }

    private <T> T inLoop(Supplier<T> what) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.execute(() -> done.complete(what.get()));
        return done.get(1, TimeUnit.MINUTES);
    }

    private CompletableFuture<Part> ask(Contact contact) throws Exception {
        return inLoop(() -> requests.ask(contact, QUESTION));
    }

    private boolean answer(Sent one, int kind) throws Exception {
        return inLoop(() -> requests.answered(one.to(), new byte[] {(byte) (kind << 4), one.apdu()[2], 12}, 0));
    }

    private List<Station> to() {
        return sent.stream().map(Sent::to).toList();
    }

    @Test
    public void aDeviceIsAskedOneQuestionAtATime() throws Exception {
        begin(200);
        Contact device = known(1);
        ask(device);
        ask(device);
        assertEquals(1, sent.size());
        assertTrue(answer(sent.get(0), 2));
        assertEquals(2, sent.size());
        assertFalse("said already", answer(sent.get(0), 2));
    }

    @Test
    public void aNetworkIsAskedSoManyAtOnceAndEachDeviceInItsTurn() throws Exception {
        begin(2);
        List<Contact> devices = Stream.of(1, 2, 3, 4).map(RequestsTest::known).toList();
        for (Contact device : devices) {
            ask(device);
        }
        ask(devices.get(0));
        assertEquals(2, sent.size());
        assertEquals(2, meter.traffic(new TreeMap<>()).outstanding());
        for (int i = 0; i < 3; i++) {
            answer(sent.get(i), 2);
        }
        List<Station> turns = Stream.of(0, 1, 2, 3, 0).map(i -> devices.get(i).station()).toList();
        assertEquals(turns, to());
    }

    @Test
    public void aTrunkIsAskedOneQuestionAtATimeAndKeepsNobodyElseWaiting() throws Exception {
        begin(3);
        List<Contact> behind = Stream.of(1, 2, 3, 4, 5).map(i -> known(routed(i))).toList();
        for (Contact device : behind) {
            ask(device);
        }
        ask(known(new Station(ROUTER, 2002, "01")));
        ask(known(9));
        assertEquals(List.of(routed(1), new Station(ROUTER, 2002, "01"), known(9).station()), to());
        answer(sent.get(0), 2);
        assertEquals(routed(2), to().get(3));
    }

    @Test
    public void anErrorInAskingTheNextOneKeepsNoAnswerFromWhoWaitsForIt() throws Exception {
        begin(1);
        CompletableFuture<Part> first = ask(known(1));
        CompletableFuture<Part> next = ask(known(2));
        broken = true;
        assertTrue(answer(sent.get(0), 2));
        assertEquals(3, first.get(1, TimeUnit.MINUTES).from());
        assertThrows(ExecutionException.class, () -> next.get(1, TimeUnit.MINUTES));
        broken = false;
        ask(known(3));
        assertEquals("its place is free again", known(3).station(), to().get(1));
    }

    @Test
    public void aTrunkMayBearMore() throws Exception {
        begin(LONG, 0, 200, 0, new Courtesy.Routed(2, 0));
        for (int i = 1; i < 5; i++) {
            ask(known(routed(i)));
        }
        assertEquals(2, sent.size());
    }

    @Test
    public void devicesThatDoNotAnswerKeepNobodyWaitingWhoDoes() throws Exception {
        begin(8);
        for (int i = 1; i < 10; i++) {
            ask(new Contact(known(i).station(), 1476));
        }
        assertEquals("a quarter", 2, sent.size());
        ask(new Contact(routed(1), 480));
        ask(known(20));
        ask(known(routed(2)));
        assertEquals(List.of(known(20).station(), routed(2)), to().subList(2, 4));
        Contact lapsed = known(21);
        lapsed.hasNotAnswered();
        ask(lapsed);
        assertEquals("nor who did once", lapsed.station(), to().get(4));
    }

    private static Contact onBadLine(Station station) {
        Contact contact = known(station);
        contact.took(10, null);
        return contact;
    }

    @Test
    public void devicesThatAnswerOnlyAtTheLastTriesKeepNobodyWaitingOnAGoodLine() throws Exception {
        begin(8);
        for (int i = 1; i < 20; i++) {
            ask(onBadLine(known(i).station()));
        }
        assertEquals("a quarter", 2, sent.size());
        List<Contact> good = IntStream.range(30, 38).mapToObj(RequestsTest::known).toList();
        for (Contact device : good) {
            ask(device);
        }
        assertEquals(good.stream().map(Contact::station).toList(), to().subList(2, sent.size()));
        assertTrue(answer(sent.get(0), 2));
        assertEquals("one in the place of the other", known(3).station(), to().get(10));
    }

    @Test
    public void norDoTheyInATrunk() throws Exception {
        begin(LONG, 0, 80, 0, new Courtesy.Routed(2, 0));
        for (int i = 1; i < 10; i++) {
            ask(onBadLine(routed(i)));
        }
        assertEquals(List.of(routed(1)), to());
        ask(known(routed(20)));
        ask(known(routed(21)));
        assertEquals(List.of(routed(1), routed(20), routed(21)), to());
    }

    @Test
    public void whoLosesNoMoreThanUsualIsOnAGoodLine() throws Exception {
        begin(LONG, 3, 4, 0, new Courtesy.Routed(1, 0));
        for (int i = 1; i <= 3; i++) {
            Contact device = known(i);
            IntStream.range(0, 9).forEach(question -> device.took(1, null));
            device.took(2, null);
            ask(device);
        }
        assertEquals(3, sent.size());
    }

    @Test
    public void oneThatStopsAnsweringIsSoonInTheOthersWayNoMore() throws Exception {
        begin(Duration.ofMillis(20), 0, 200, 0, new Courtesy.Routed(1, 0));
        Contact device = known(routed(1));
        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> ask(device).get(1, TimeUnit.MINUTES));
        assertEquals(SocketTimeoutException.class, failure.getCause().getClass());
        assertEquals(List.of(routed(1)), List.copyOf(silent));
        assertFalse(device.answers());
        Traffic traffic = meter.traffic(new TreeMap<>());
        assertEquals(1, traffic.timeouts());
        assertEquals(0, traffic.outstanding());
    }

    @Test
    public void whoAnswersOverABadLineIsAskedMoreOftenThanASilentDevice() throws Exception {
        begin(Duration.ofMillis(20), 1, 200, 0, new Courtesy.Routed(1, 0));
        Contact device = known(1);
        device.took(2, null); // half of it is lost
        CompletableFuture<Part> lost = ask(device);
        assertThrows(ExecutionException.class, () -> lost.get(1, TimeUnit.MINUTES));
        assertEquals(10, sent.size());
        CompletableFuture<Part> silent = ask(device);
        assertThrows(ExecutionException.class, () -> silent.get(1, TimeUnit.MINUTES));
        assertEquals("now it may be away", 12, sent.size());
    }

    @Test
    public void questionsIntoATrunkKeepTheirDistance() throws Exception {
        begin(LONG, 0, 200, 0, new Courtesy.Routed(100, 8));
        for (int i = 1; i <= 5; i++) {
            ask(known(routed(i)));
        }
        ask(known(1));
        assertTrue("nobody else waits for that", to().contains(known(1).station()));
        Await.until("all are asked", () -> sent.size() == 6);
        List<Long> times = sent.stream().filter(one -> one.to().network() != 0).map(Sent::at).toList();
        for (int i = 1; i < times.size(); i++) {
            long apart = times.get(i) - times.get(0);
            assertTrue(i + " are " + apart + " ns apart", apart >= i * 125_000_000L - 1_000_000);
        }
    }

    @Test
    public void questionsOfANetworkKeepTheirDistance() throws Exception {
        begin(LONG, 0, 200, 20, new Courtesy.Routed(1, 0));
        for (int i = 1; i <= 6; i++) {
            ask(known(i));
        }
        Await.until("all are asked", () -> sent.size() == 6);
        assertTrue("three at once, then one every 50 ms", sent.get(5).at() - sent.get(0).at() >= 145_000_000);
    }

    @Test
    public void aRouterThatPassesNothingOnIsBelievedAfterAMomentIfNoAnswerComes() throws Exception {
        begin(Duration.ofSeconds(3), 10, 200, 0, new Courtesy.Routed(2, 0));
        CompletableFuture<Part> one = ask(known(routed(1)));
        CompletableFuture<Part> other = ask(known(routed(2)));
        assertFalse("not from there", inLoop(() -> requests.rejected(known(1).station().link(), 2001, "no route")));
        assertFalse("not of that", inLoop(() -> requests.rejected(ROUTER, 2002, "no route")));
        assertTrue(inLoop(() -> requests.rejected(ROUTER, 2001, "no route")));
        assertTrue("the hint is one only", answer(sent.get(1), 2));
        assertEquals(0, other.get().to() - other.get().from());
        ExecutionException failure = assertThrows(ExecutionException.class, () -> one.get(1, TimeUnit.MINUTES));
        assertEquals("no answer; router 10.0.0.1 says of network 2001: no route", failure.getCause().getMessage());
        assertEquals("it was not asked again", 2, sent.size());
    }

    @Test
    public void whatAskingCostsIsCounted() throws Exception {
        begin(Duration.ofSeconds(1), 1, 200, 0, new Courtesy.Routed(1, 0));
        ask(known(1));
        answer(sent.get(0), 2);
        ask(known(2));
        answer(sent.get(1), 6);
        Traffic timed = meter.traffic(new TreeMap<>());
        assertTrue(timed.median().toNanos() > 0 && timed.p99().compareTo(Duration.ofSeconds(1)) < 0);
        ask(known(3));
        Await.until("it is asked again", () -> sent.size() == 4);
        answer(sent.get(3), 2);
        Traffic traffic = meter.traffic(new TreeMap<>());
        assertEquals(new Traffic(3, 1, 0, 1, 0, timed.median(), timed.p95(), timed.p99(), new TreeMap<>()), traffic);
    }
}
