// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

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
import org.coppercube.api.archive.ArchiveIntake;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;

/**
 * How fast records are collected from a farm of devices on loopback that answer at once, into an archive that only
 * counts; and how that compares with a bare exchange of datagrams of the same sizes in the same run.
 */
final class CollectorBench {
    private static final int RECORDS = 20_000;
    private static final int ROUNDS = 5;

    private CollectorBench() {
    }

    /** An archive that only counts. */
    private static final class Counter implements ArchiveIntake {
        private final AtomicLong samples = new AtomicLong();

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
        double pingPong = exchangesPerSecond() * Contact.mostRecordsOf(Contact.LONGEST_APDU);
        System.out.printf("BENCH collector.one_device_records_per_second %.0f records/s%n", one);
        System.out.printf("BENCH collector.fifty_devices_records_per_second %.0f records/s%n", fifty);
        System.out.printf("BENCH collector.ping_pong_records_per_second %.0f records/s%n", pingPong);
        System.out.printf("BENCH collector.one_device_to_ping_pong %.3f ratio%n", one / pingPong);
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
                while (counter.samples.get() < wanted) {
                    if (System.nanoTime() - start > Duration.ofMinutes(2).toNanos()) {
                        throw new IOException(
                                counter.samples + " of " + wanted + " records after two minutes; " + collector.check());
                    }
                    Thread.onSpinWait();
                }
                if (i >= 0) {
                    rates[i] = wanted * 1e9 / (System.nanoTime() - start);
                }
            }
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
