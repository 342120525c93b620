// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static java.lang.ProcessBuilder.Redirect.DISCARD;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.coppercube.api.archive.ArchiveIntake;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.message.Questions;

/**
 * How fast records are collected from a farm of devices on loopback that answer at once, and from many that take their
 * time, into an archive that only counts; and how that compares with a bare exchange of datagrams of the same sizes in
 * the same run. Takes the path of the site simulator's jar.
 */
final class CollectorBench {
    private static final int RECORDS = 20_000;
    private static final int ROUNDS = 5;
    private static final int RECORDS_AN_ANSWER = Contact.mostRecordsOf(Questions.LONGEST_ANSWER);
    private static final int SLOW_DEVICES = 200;
    private static final int SLOW_RECORDS = 12_960; // of each
    private static final double SLOW_ANSWER_SECONDS = 0.02;

    private CollectorBench() {
    }

    /** An archive that only counts. */
    private static final class Counter implements ArchiveIntake {
        private final AtomicLong samples = new AtomicLong();

        void await(long wanted, Collector collector) throws IOException {
            for (long start = System.nanoTime(); samples.get() < wanted; LockSupport.parkNanos(1_000_000)) {
                if (System.nanoTime() - start > Duration.ofMinutes(2).toNanos()) {
                    throw new IOException(
                            samples + " of " + wanted + " records after two minutes; " + collector.check());
                }
            }
        }

        @Override
        public Optional<ResumePoint> resumePoint(TrendLogId log) {
            return Optional.empty();
        }

        @Override
        public void describe(Collection<TrendLog> logs) {
            // not kept
        }

        @Override
        public int append(List<Batch> batches) {
            int count = batches.stream().mapToInt(batch -> batch.samples().size()).sum();
            samples.addAndGet(count);
            return count;
        }

        @Override
        public Optional<Boolean> chosen(TrendLogId log) {
            return Optional.empty();
        }

        @Override
        public void choose(Collection<TrendLogId> logs, boolean archived) {
            // not kept
        }
    }

    public static void main(String[] arguments) throws Exception {
        double one = recordsPerSecond(1, 20);
        double fifty = recordsPerSecond(50, 1);
        double slow = slowRecordsPerSecond(arguments[0]);
        double pingPong = exchangesPerSecond() * RECORDS_AN_ANSWER;
        double allowed = SLOW_DEVICES * RECORDS_AN_ANSWER / SLOW_ANSWER_SECONDS;
        System.out.printf("BENCH collector.one_device_records_per_second %.0f records/s%n", one);
        System.out.printf("BENCH collector.fifty_devices_records_per_second %.0f records/s%n", fifty);
        System.out.printf("BENCH collector.slow_devices_records_per_second %.0f records/s%n", slow);
        System.out.printf("BENCH collector.ping_pong_records_per_second %.0f records/s%n", pingPong);
        System.out.printf("BENCH collector.one_device_to_ping_pong %.3f ratio%n", one / pingPong);
        System.out.printf("BENCH collector.fifty_devices_to_ping_pong %.3f ratio%n", fifty / pingPong);
        System.out.printf("BENCH collector.slow_devices_to_ping_pong %.3f ratio%n", slow / pingPong);
        System.out.printf("BENCH collector.slow_devices_to_what_they_allow %.3f ratio%n", slow / allowed);
    }

    /** Median of some rounds; the first, cold one does not count. */
    private static double recordsPerSecond(int devices, int logs) throws Exception {
        int port = freePort();
        double[] rates = new double[ROUNDS];
        for (int i = -1; i < ROUNDS; i++) {
            Counter counter = new Counter();
            long wanted = (long) devices * logs * RECORDS;
            long start = System.nanoTime();
            try (Farm farm = new Farm(devices, logs, RECORDS, port, (request, answer) -> answer);
                    Collector collector = (Collector) BacnetNetwork.network(counter, Map.of("site", "bench",
                            "interface", "127.0.0.1", "port", port, "devices", farm.list()))) {
                counter.await(wanted, collector);
                if (i >= 0) {
                    rates[i] = wanted * 1e9 / (System.nanoTime() - start);
                }
            }
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }

    /**
     * The same of devices in a process of their own that answer after a while, when all are being read: their first
     * visits are spread over some time, so that neither begins nor ends at once.
     */
    private static double slowRecordsPerSecond(String simulator) throws Exception {
        double[] rates = new double[ROUNDS];
        Process site = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-jar", simulator,
                "--devices", "" + SLOW_DEVICES, "--logs", "1", "--buffer", "" + SLOW_RECORDS, "--quiet", "--fault",
                "delay=" + Math.round(1000 * SLOW_ANSWER_SECONDS) + "ms").redirectError(DISCARD).start();
        try (BufferedReader told = site.inputReader()) {
            int port = Integer.parseInt(told.readLine().replaceAll(".* port=(\\d+) .*", "$1"));
            for (int i = -1; i < ROUNDS; i++) {
                Counter counter = new Counter();
                long wanted = (long) SLOW_DEVICES * SLOW_RECORDS;
                try (Collector collector = (Collector) BacnetNetwork.network(counter, Map.of("site", "bench",
                        "interface", "127.0.0.1", "port", port))) {
                    counter.await(wanted * 4 / 10, collector);
                    long first = counter.samples.get();
                    long start = System.nanoTime();
                    counter.await(wanted * 6 / 10, collector);
                    if (i >= 0) {
                        rates[i] = (counter.samples.get() - first) * 1e9 / (System.nanoTime() - start);
                    }
                }
            }
        } finally {
            site.destroy();
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }

    private static double exchangesPerSecond() throws Exception {
        double[] rates = new double[ROUNDS];
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress("127.0.0.2", 0));
                DatagramSocket client = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            Thread echo = new Thread(() -> echo(server), "echo");
            echo.start();
            DatagramPacket question = new DatagramPacket(new byte[28], 28, server.getLocalSocketAddress());
            DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
            for (int i = -1; i < ROUNDS; i++) {
                long start = System.nanoTime();
                for (int n = 0; n < 20_000; n++) {
                    client.send(question);
                    client.receive(answer);
                }
                if (i >= 0) {
                    rates[i] = 20_000e9 / (System.nanoTime() - start);
                }
            }
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }

    private static void echo(DatagramSocket server) {
        byte[] answer = new byte[1300];
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        try {
            while (!server.isClosed()) {
                server.receive(packet);
                server.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            return; // closed: the bench is over
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket any = new DatagramSocket()) {
            return any.getLocalPort();
        }
    }
}
