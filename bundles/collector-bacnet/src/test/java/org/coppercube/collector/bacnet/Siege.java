// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.health.HealthCheck;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.link.Frames;

/**
 * A collector that collects from a {@link Witness} while somebody attacks. After each attack it must have lost nothing
 * and made nothing up, have the threads and the memory that it had before, have counted what it did not let in, and
 * have said little about it.
 */
final class Siege implements AutoCloseable {
    static final String US = "127.0.61.1";
    static final String WITNESS = "127.0.61.10";
    static final String STRANGER = "127.0.61.66";
    private static final int INSTANCE = 61;
    private static final int AT_ONCE = 200; // datagrams: more might not find room before the collector's socket
    private static final long HEAP = 16 << 20;
    private static final Pattern COUNT = Pattern.compile("=(\\d+)");

    /** What somebody does. */
    @FunctionalInterface
    interface Attack {
        void run() throws IOException;
    }

    final MemoryIntake intake = new MemoryIntake();
    final LogTap log = new LogTap();
    final Witness witness;
    final Collection network;
    final DatagramSocket stranger;
    private final int logs;
    private final ZoneId zone;
    private final int port;
    private final int localPort;
    private Set<Thread> threads;
    private long heap;

    /** @param keysAndValues settings of the network other than the usual ones */
    Siege(int logs, Object... keysAndValues) throws IOException {
        this.logs = logs;
        port = freePort();
        witness = new Witness(INSTANCE, logs, WITNESS, port);
        stranger = new DatagramSocket(new InetSocketAddress(STRANGER, 0));
        stranger.setBroadcast(true);
        Map<String, Object> settings = new HashMap<>(Map.of("service.pid", "org.coppercube.collector.bacnet~siege",
                "site", "hq", "interface", US, "port", port, "local.port", freePort(), "devices", witness.place(),
                "time.zone", "UTC", "apdu.timeout.ms", 500, "apdu.retries", 3));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        localPort = (Integer) settings.get("local.port");
        zone = ZoneId.of((String) settings.get("time.zone"));
        network = BacnetNetwork.network(intake, settings);
    }

    static int freePort() throws IOException {
        try (DatagramSocket any = new DatagramSocket()) {
            return any.getLocalPort();
        }
    }

    /** UDP port of the devices. */
    int port() {
        return port;
    }

    /** Where the collector's own socket is. */
    InetSocketAddress us() {
        return new InetSocketAddress(US, localPort);
    }

    /** Where everybody hears. */
    InetSocketAddress all() {
        return new InetSocketAddress("127.255.255.255", port);
    }

    static TrendLogId id(int log) {
        return new TrendLogId("hq", INSTANCE, TrendLogId.Kind.TL, log);
    }

    /** The collector collects, and has all the threads and classes that it needs. */
    void begin() {
        for (int i = 0; i < 5; i++) {
            collects(100);
        }
        threads = threads();
        heap = heap();
        log.forget();
    }

    /** An attack, and what must be true after it. @param refused how many datagrams at least must have been counted */
    void withstands(long refused, Attack attack) throws IOException {
        long before = dropped();
        attack.run();
        collects(60);
        until(refused + " datagrams are counted", () -> dropped() - before >= refused);
        holds();
    }

    /** It has the threads and the memory that it had, and has said little. */
    void holds() {
        isSteady();
        assertEquals("each is said once", List.copyOf(new LinkedHashSet<>(log.lines())), log.lines());
        assertTrue("little is said: " + log.warnings(), log.warnings().size() <= 1);
        log.forget();
    }

    /** It has the threads and the memory that it had. */
    void isSteady() {
        Await.until("no thread has come or gone: " + threads + " became " + threads(), () -> {
            Set<Thread> now = threads();
            return threads.containsAll(now) && threads.stream().filter(Siege::isOurs).allMatch(now::contains);
        });
        Await.until("memory is flat", () -> heap() - heap < HEAP);
        assertEquals(List.of(), log.faults());
    }

    /** So many records more come, and all that ever came are there, once and as they were. */
    void collects(int records) {
        witness.grow(records);
        visit(() -> intake.count() >= logs * witness.made());
        isExact();
    }

    /** Number of the last record that is archived of a log. */
    long last(int log) {
        return intake.resumePoint(id(log)).orElseThrow().sequence();
    }

    /** As {@link #collects}, while others are collected too. */
    void collectsBeside(int records) {
        witness.grow(records);
        visit(() -> last(logs) == witness.made());
        for (int log = 1; log <= logs; log++) {
            isExact(log);
        }
    }

    void isExact() {
        for (int log = 1; log <= logs; log++) {
            isExact(log);
        }
        assertEquals("nothing else is archived", logs * witness.made(), intake.count());
    }

    void isExact(int log) {
        isExact(log, 1, 1);
    }

    /** From this record on. */
    void isExact(int log, int run, long first) {
        List<Sample> samples = intake.samples(id(log), run).stream().filter(one -> one.sequence() >= first).toList();
        List<Sample> expected = LongStream.rangeClosed(first, witness.made())
                .mapToObj(number -> Witness.sample(log, number, zone)).toList();
        for (int i = 0; i < Math.min(samples.size(), expected.size()); i++) {
            assertEquals(expected.get(i), samples.get(i));
        }
        assertEquals("log " + log, expected.size(), samples.size());
    }

    /**
     * All records of a log are archived, in one run or in several, and none that is another than it was.
     *
     * @param marked whether one may be told as undecodable instead
     */
    void isWhole(int log, boolean marked) {
        Set<Long> found = new TreeSet<>();
        List<Sample> run;
        for (int number = 1; !(run = intake.samples(id(log), number)).isEmpty(); number++) {
            long next = run.get(0).sequence();
            for (Sample sample : run) {
                assertEquals("no hole without a word in run " + number, next, sample.sequence());
                if (!(marked && sample.reading() instanceof Reading.Undecodable)) {
                    assertEquals("run " + number, Witness.sample(log, next, zone), sample);
                }
                found.add(next);
                next = sample.lastSequence() + 1;
            }
        }
        assertEquals("nothing is missing", witness.made(), found.size());
    }

    /** The witness is visited, over and over if need be, until that is so. */
    void visit(BooleanSupplier done) {
        Instant[] tried = {null};
        until("it is visited and done", () -> {
            Instant last = network.log(id(1)).map(LogState::lastAttempt).orElse(null);
            if (done.getAsBoolean()) {
                return true;
            }
            if (tried[0] == null || !tried[0].equals(last)) { // not while a visit goes on
                tried[0] = last == null ? Instant.MIN : last;
                network.collect(Set.of());
            }
            return false;
        });
    }

    void until(String what, BooleanSupplier condition) {
        try {
            Await.until(what, condition);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; " + health() + ", logs "
                    + network.logs().stream().map(LogState::cause).toList(), e);
        }
    }

    String health() {
        return ((HealthCheck) network).check().detail();
    }

    /** How many datagrams were not let in. */
    long dropped() {
        long sum = network.traffic().dropped().values().stream().mapToLong(Long::longValue).sum();
        String detail = health();
        if (sum == 0 && detail.contains("datagrams refused")) {
            Matcher counts = COUNT.matcher(detail.substring(detail.indexOf("datagrams refused")));
            while (counts.find()) {
                sum += Long.parseLong(counts.group(1));
            }
        }
        return sum;
    }

    /** Sends it from an address that the collector has nothing to do with. */
    void send(byte[] frame, InetSocketAddress to) throws IOException {
        stranger.send(new DatagramPacket(frame, frame.length, to));
    }

    /** Sends them all, not faster than they can be taken; the collector goes on collecting meanwhile. */
    void flood(List<byte[]> frames, InetSocketAddress to) throws IOException {
        for (int i = 0; i < frames.size(); i++) {
            send(frames.get(i), to);
            if (i % AT_ONCE == AT_ONCE - 1) {
                collects(1);
            }
        }
    }

    /** Asks our own device as a stranger. @return the answer, and before it all else that the stranger was told */
    List<byte[]> ask(byte[] question) throws IOException {
        List<byte[]> answers = new ArrayList<>();
        stranger.setSoTimeout(60_000);
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        send(unicast(question), us());
        byte[] apdu;
        do {
            stranger.receive(packet);
            apdu = Arrays.copyOfRange(packet.getData(), 6, packet.getLength());
            answers.add(apdu);
        } while (apdu.length < 2 || apdu[1] != question[2]);
        return answers;
    }

    static byte[] unicast(byte[] apdu) {
        return Frames.wrap(Frames.UNICAST, new byte[] {1, 0}, apdu).array();
    }

    static byte[] broadcast(byte[] apdu) {
        return Frames.wrap(Frames.BROADCAST, new byte[] {1, 0}, apdu).array();
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive)
                .filter(thread -> !thread.getName().matches("surefire.*|witness|attacker")).collect(Collectors.toSet());
    }

    /** Not one that an earlier test has left to end by itself. */
    private static boolean isOurs(Thread thread) {
        return thread.getName().startsWith("collector-bacnet-siege") || thread.getName().startsWith("BACnet4J");
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Override
    public void close() {
        ((Collector) network).close();
        witness.close();
        stranger.close();
        log.close();
    }
}
