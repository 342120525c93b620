// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.ProtocolException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.Hex;
import org.coppercube.collector.bacnet.MemoryIntake;
import org.coppercube.collector.bacnet.message.LogRecord;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Tags;
import org.junit.Test;

/**
 * Whatever befalls a log and the way to it, afterwards every record that it ever made is held once or counted as lost
 * once.
 */
public class HistoryModelTest {
    private static final int ROUNDS = 100;
    private static final int STEPS = 40;
    private static final int MEMBERS = 3;
    private static final LocalDateTime START = LocalDateTime.parse("2026-11-23T04:00:00");
    private static final long LAST = Counts.LAST_NUMBER;

    /** What a device made between two times at which its numbers began again: what is expected of each, by number. */
    private static final class Epoch {
        final TreeMap<Long, String> records = new TreeMap<>();
        long seen; // the last number that a visit has accounted for
        boolean regular = true; // since then it has made one record each minute
    }

    private static final class Life implements AutoCloseable {
        final Random random;
        final boolean multiple;
        final MemoryIntake intake = new MemoryIntake();
        final MemoryDevice device = new MemoryDevice(intake);
        final List<TrendLogId> ids;
        final RingLog log;
        final List<Epoch> epochs = new ArrayList<>(List.of(new Epoch()));
        int minute;
        int made;
        boolean reset; // and not visited since
        int lies; // that are to come

        Life(long seed) {
            random = new Random(seed);
            multiple = random.nextInt(3) == 0;
            ids = IntStream.rangeClosed(1, multiple ? MEMBERS : 1).mapToObj(member -> multiple
                    ? new TrendLogId("hq", 1, TrendLogId.Kind.TLM, 1, member)
                    : new TrendLogId("hq", 1, TrendLogId.Kind.TL, 1)).toList();
            int size = 20 + random.nextInt(150);
            ids.forEach(id -> device.log(id, size, Duration.ofMinutes(1)));
            log = device.log(ids.get(0), size, Duration.ofMinutes(1));
            device.collected().remove(ids.size());
            if (random.nextInt(3) == 0) {
                log.countFrom(LAST - random.nextInt(1000));
            }
        }

        Epoch epoch() {
            return epochs.get(epochs.size() - 1);
        }

        void add(int count) {
            for (int i = 0; i < count; i++) {
                made++;
                String value = "%08x".formatted(made);
                add(multiple ? "1e" + ("3c" + value).repeat(MEMBERS) + "1f" : "4c" + value,
                        new Reading.Unsigned(made).toString());
            }
        }

        void add(String datum, String expected) {
            long number = log.add(START.plusMinutes(minute++), datum).number();
            if (number == 1 && !epoch().records.isEmpty()) {
                epochs.add(new Epoch());
            }
            epoch().records.put(number, expected);
        }

        void status(String datum) {
            Reading status = LogRecord.read(new Part(Hex.bytes("0ea47e0b17ffb4040000000f1e" + datum + "1f")),
                    ObjectId.TREND_LOG).reading();
            add(datum, status.toString());
        }

        void step() throws Exception {
            switch (random.nextInt(9)) {
                case 0 -> add(random.nextInt(400));
                case 1 -> {
                    log.clear();
                    status(RingLog.PURGED);
                }
                case 2 -> {
                    status(RingLog.DISABLED);
                    minute += random.nextInt(500);
                    epoch().regular = false;
                    status(RingLog.INTERRUPTED);
                }
                case 3 -> reset();
                default -> add(random.nextInt(20));
            }
            visit();
        }

        /** Numbers can tell this as long as there are fewer than before, or the last one is another record now. */
        void reset() {
            if (reset || epoch().seen > LAST - 2_000_000 || epoch().seen < 3) {
                return;
            }
            log.reset();
            reset = true;
            epochs.add(new Epoch());
            add(1 + random.nextInt((int) Math.min(epochs.get(epochs.size() - 2).seen - 1, 300)));
        }

        void visit() throws Exception {
            int luck = random.nextInt(10);
            if (luck == 0) {
                device.network(random.nextLong(), 0.1, 0.05);
            } else if (luck == 1) {
                intake.crash(random);
            } else if (luck == 2) {
                device.script((request, answer) -> {
                    if (request[3] == Questions.READ_RANGE && !reset && random.nextInt(3) == 0) {
                        add(random.nextInt(5));
                    }
                    return answer;
                });
            }
            if (luck == 3 && !reset && epoch().seen > 0) {
                lies = 2;
                device.script(this::lie);
            }
            boolean all = reset || random.nextInt(3) > 0;
            List<CollectedLog> some = device.collected().stream().filter(one -> all || random.nextBoolean()).toList();
            device.visit(some);
            intake.crash(null);
            device.network(0, 0, 0);
            device.script((request, answer) -> answer);
            if (reset || luck > 5) {
                finish();
            }
        }

        /** Twice in a visit the device passes over records that it holds, or does not count them. */
        private byte[] lie(byte[] request, byte[] answer) {
            if (lies == 0 || random.nextInt(4) > 0) {
                return answer;
            }
            lies--;
            if (request[3] == Questions.READ_PROPERTY_MULTIPLE) {
                answer[answer.length - 12] = (byte) random.nextInt(1 + log.held().size()); // its record count
                return answer;
            }
            try {
                Tags range = new Part(request, 11, request.length).tags().next().rest().tags();
                long first = range.application(2).unsigned() + 1 + random.nextInt(30);
                int count = (int) range.application(3).signed();
                return request[11] != 0x6E || first > LAST ? answer
                        : log.answer(Questions.bySequence(log.object(), first, count).apdu(request[2]));
            } catch (ProtocolException e) {
                throw new AssertionError(e);
            }
        }

        /** A visit that nothing disturbs. */
        void finish() throws Exception {
            assertEquals(null, device.visit());
            device.collected().forEach(one -> assertEquals("", one.trouble()));
            reset = false;
            epoch().seen = log.total();
            epoch().regular = true;
            for (TrendLogId id : ids) {
                int run = epochs.size() - firstEpoch(id);
                List<Long> held = intake.samples(id, run).stream()
                        .filter(one -> !(one.reading() instanceof Reading.Gap)).map(Sample::sequence).toList();
                assertTrue("all that the device holds is held", log.held().stream().map(RingLog.Made::number)
                        .filter(number -> epoch().records.containsKey(number)).allMatch(held::contains));
            }
        }

        /** The one in which the first visit began to read. */
        int firstEpoch(TrendLogId id) {
            return IntStream.range(0, epochs.size()).filter(i -> intake.samples(id, 1).stream().allMatch(
                    one -> one.reading() instanceof Reading.Gap
                            || one.reading().toString().equals(epochs.get(i).records.get(one.sequence()))))
                    .findFirst().orElseThrow();
        }

        void check(TrendLogId id) {
            int firstEpoch = firstEpoch(id);
            for (int run = 1; run <= epochs.size() - firstEpoch; run++) {
                Epoch epoch = epochs.get(firstEpoch + run - 1);
                List<Sample> samples = intake.samples(id, run);
                long next = run == 1 ? samples.get(0).sequence() : 1;
                for (Sample sample : samples) {
                    assertEquals("run " + run, next, sample.sequence());
                    next = sample.lastSequence() + 1;
                    if (!(sample.reading() instanceof Reading.Gap)) {
                        assertEquals(epoch.records.get(sample.sequence()), sample.reading().toString());
                    }
                }
                boolean current = firstEpoch + run == epochs.size();
                if (current || epoch.regular) {
                    assertEquals("run " + run, epoch.records.lastKey() + 1, next);
                }
            }
        }

        @Override
        public void close() {
            device.close();
        }
    }

    @Test
    public void everyRecordIsHeldOnceOrLostOnce() throws Exception {
        for (int seed = 1; seed <= ROUNDS; seed++) {
            try (Life life = new Life(seed)) {
                life.add(1 + life.random.nextInt(200));
                for (int step = 0; step < STEPS; step++) {
                    life.step();
                }
                life.finish();
                life.ids.forEach(life::check);
            } catch (AssertionError | Exception e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
