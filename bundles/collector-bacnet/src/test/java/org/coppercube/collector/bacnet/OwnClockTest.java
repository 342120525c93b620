// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assume.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The machine's clock is wrong, is put right, and goes wrong again: the collector runs in a process of its own. */
public class OwnClockTest {
    private static final TrendLogId LOG = new TrendLogId("hq", 61, TrendLogId.Kind.TL, 1);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** The collector in a process of its own: does what it reads, and says what came of it. */
    public static final class Collecting {
        private Collecting() {
        }

        public static void main(String[] arguments) throws IOException {
            MemoryIntake intake = new MemoryIntake();
            Collection network = BacnetNetwork.network(intake, Map.of("site", "hq", "interface", "127.0.61.1", "port",
                    arguments[0], "devices", arguments[1], "time.zone", "UTC", "apdu.timeout.ms", 200));
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String order; (order = in.readLine()) != null;) {
                switch (order) {
                    case "collect" -> System.out.println(network.collect(Set.of()));
                    case "year" -> System.out.println(Instant.now().atOffset(ZoneOffset.UTC).getYear());
                    case "silent" -> System.out.println(network.network().silent());
                    default -> System.out.println(holds(intake.samples(LOG, 1), Integer.parseInt(order)));
                }
            }
            System.exit(0);
        }

        private static boolean holds(List<Sample> samples, int records) {
            return samples.equals(LongStream.rangeClosed(1, records)
                    .mapToObj(number -> Witness.sample(1, number, ZoneOffset.UTC)).toList());
        }
    }

    private static Optional<Path> library() throws IOException {
        try (Stream<Path> files = Files.find(Path.of("/usr/lib"), 3,
                (path, attributes) -> path.endsWith("faketime/libfaketime.so.1"))) {
            return files.findFirst();
        }
    }

    private Process start(Path library, Path clock, Witness witness, int port) throws IOException {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder builder = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Xmx64m", "-cp",
                path, Collecting.class.getName(), String.valueOf(port), witness.place())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(Map.of("LD_PRELOAD", library.toString(), "FAKETIME_TIMESTAMP_FILE",
                clock.toString(), "FAKETIME_NO_CACHE", "1", "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0")); // waiting is by the monotonic clock, which nobody can set
        return builder.start();
    }

    @Test
    public void noJumpOfOurClockStopsOrDoublesAnything() throws Exception {
        Optional<Path> library = library();
        assumeTrue("a clock that jumps needs libfaketime: apt-get install faketime", library.isPresent());
        Path clock = folder.newFile().toPath();
        Files.writeString(clock, "@1970-01-01 00:00:05"); // no battery, and no network time yet
        int port = Siege.freePort();
        try (Witness witness = new Witness(61, 1, Siege.WITNESS, port)) {
            witness.grow(200);
            Process process = start(library.get(), clock, witness, port);
            try (PrintStream orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
                    BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
                await(orders, answers, "200", "true");
                assertEquals("1970", ask(orders, answers, "year"));
                int now = Instant.now().atOffset(ZoneOffset.UTC).getYear();
                jumpsWhileItReads(witness, clock, "+0", orders, answers);
                assertEquals(String.valueOf(now), ask(orders, answers, "year"));
                jumpsWhileItReads(witness, clock, "-366d", orders, answers);
                assertEquals(String.valueOf(now - 1), ask(orders, answers, "year"));
                jumpsWhileItReads(witness, clock, "+3660d", orders, answers);
                witness.follow((question, answer) -> null);
                ask(orders, answers, "collect");
                await(orders, answers, "silent", "1");
                Files.writeString(clock, "-366d");
                witness.grow(100);
                witness.follow((question, answer) -> answer);
                await(orders, answers, String.valueOf(witness.made()), "true"); // by its own timer
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static void jumpsWhileItReads(Witness witness, Path clock, String to, PrintStream orders,
            BufferedReader answers) throws IOException {
        AtomicInteger asked = new AtomicInteger();
        witness.follow((question, answer) -> {
            if (asked.incrementAndGet() == 3) {
                write(clock, to);
            }
            return answer;
        });
        witness.grow(300);
        ask(orders, answers, "collect");
        await(orders, answers, String.valueOf(witness.made()), "true");
    }

    private static void write(Path clock, String time) {
        try {
            Files.writeString(clock, time);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ask(PrintStream orders, BufferedReader answers, String order) throws IOException {
        orders.println(order);
        return answers.readLine();
    }

    private static void await(PrintStream orders, BufferedReader answers, String order, String answer) {
        Await.until(order + " is " + answer, () -> {
            try {
                return answer.equals(ask(orders, answers, order));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
