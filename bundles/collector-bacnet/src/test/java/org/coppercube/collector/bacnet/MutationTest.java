// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.coppercube.api.trend.Sample;
import org.coppercube.collector.bacnet.link.Frames;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.Questions;
import org.junit.Test;

/**
 * Real messages, mutated from fixed seeds, while the collector collects: 50,000, or as many as
 * {@code -Dmutations=1000000} says.
 */
public class MutationTest {
    private static final int MUTATIONS = Integer.getInteger("mutations", 50_000);
    private static final int A_SIEGE = 20_000;
    private static final int BATCH = 500;
    private static final int SEED = 20261123;
    private static final int PATIENCE_MS = 100;
    /** Where an answer says of which log it is, and how many records it has. */
    private static final List<Integer> FRAME = List.of(3, 4, 5, 6, 7, 8, 9, 13, 14, 15);

    private final AtomicInteger sent = new AtomicInteger();
    private Mutations mutations;
    private Siege siege;

    private interface Step {
        void run() throws IOException;
    }

    /** Each siege with a collector of its own, so that what it archives does not look like a leak. */
    private void besiege(int count, int retries, Step siegeOfOne) throws IOException {
        for (int from = 0; from < count; from += A_SIEGE) {
            mutations = new Mutations(SEED + from);
            sent.set(0);
            try (Siege one = new Siege(2, "apdu.timeout.ms", PATIENCE_MS, "apdu.retries", retries)) {
                siege = one;
                siege.begin();
                siegeOfOne.run();
                siege.isSteady();
            }
        }
    }

    /** Batch after batch; the longest is told and not judged, since a slow machine may take its time. */
    private void send(int count, Step batch) throws IOException {
        long longest = 0;
        while (sent.get() < Math.min(A_SIEGE, count)) {
            long start = System.nanoTime();
            batch.run();
            assertEquals(List.of(), siege.log.faults());
            siege.log.skip();
            longest = Math.max(longest, System.nanoTime() - start);
        }
        System.out.printf("%d mutations, %d not let in, %d ms for the longest batch of %d%n", sent.get(),
                siege.dropped(), longest / 1_000_000, BATCH);
    }

    @Test
    public void ofWhatAnybodySays() throws Exception {
        List<byte[]> seeds = new Vectors().datagrams();
        int count = MUTATIONS * 2 / 5;
        besiege(count, 3, () -> {
            send(count, () -> {
                for (int i = 0; i < BATCH; i++) {
                    siege.send(onLoopback(mutations.of(mutations.oneOf(seeds), mutations.oneOf(seeds))),
                            mutations.oneIn(2) ? siege.us() : siege.all());
                    sent.incrementAndGet();
                    if (i % 200 == 0) {
                        siege.collects(1);
                    }
                }
            });
            siege.collects(60);
        });
    }

    /** Who names another sender names one of this machine: nothing is to be sent anywhere else. */
    private byte[] onLoopback(byte[] frame) {
        if (frame.length >= 4 && !mutations.oneIn(10)) { // else most would fall at the first hurdle
            frame[0] = (byte) 0x81;
            frame[2] = (byte) (frame.length >> 8);
            frame[3] = (byte) frame.length;
        }
        if (frame.length >= 10 && frame[1] == Frames.FORWARDED) {
            frame[4] = 127;
        }
        return frame;
    }

    /** Somebody in the middle, who sees each question: what he makes of an answer is taken for it, or is too late. */
    @Test
    public void ofAnswersInTheMiddle() throws Exception {
        int count = MUTATIONS * 2 / 5;
        besiege(count, 1, () -> {
            byte[][] other = {new byte[20]};
            siege.witness.follow((question, answer) -> {
                boolean whatItHas = question[3] == Questions.READ_PROPERTY && question[10] == PropertyRef.OBJECT_LIST;
                for (int n = whatItHas ? 0 : mutations.below(8); n > 0; n--) { // else there is soon no log to ask for
                    byte[] mutated = mutations.of(answer, other[0]);
                    if (mutated.length > 1 && !mutations.oneIn(10)) {
                        mutated[1] = question[2];
                    }
                    say(mutated);
                }
                other[0] = mutations.oneIn(3) ? answer : other[0];
                return mutations.oneIn(100) ? null : answer;
            });
            send(count, () -> answers(() -> last(1) == siege.witness.made() || last(2) == siege.witness.made()));
            siege.witness.follow((question, answer) -> null);
            siege.network.collect(Set.of());
            siege.until("it is missed, and so described anew",
                    () -> !siege.network.devices().get(0).answering());
            siege.witness.follow((question, answer) -> answer);
            long before = siege.witness.made();
            siege.witness.grow(100);
            siege.visit(this::isArchived);
            for (int log = 1; log <= 2; log++) {
                int run = siege.intake.resumePoint(Siege.id(log)).orElseThrow().run();
                for (int one = 1; one <= run; one++) {
                    hasNoHole(siege.intake.samples(Siege.id(log), one));
                }
                siege.isExact(log, run, before + 1);
            }
        });
    }

    private static void hasNoHole(List<Sample> samples) {
        for (int i = 1; i < samples.size(); i++) {
            assertEquals("no hole without a word", samples.get(i - 1).lastSequence() + 1, samples.get(i).sequence());
        }
    }

    /** Mutations that no record can be made of: each record is archived as it is, or marked as not understood. */
    @Test
    public void ofTheFrameAroundRecords() throws Exception {
        int count = MUTATIONS / 5;
        besiege(count, 1, () -> {
            siege.witness.follow((question, answer) -> {
                for (int n = question[3] == Questions.READ_RANGE ? mutations.below(8) : 0; n > 0; n--) {
                    say(reframed(answer));
                }
                return answer;
            });
            send(count, () -> answers(this::isArchived));
            siege.witness.follow((question, answer) -> answer);
            siege.witness.grow(100);
            siege.visit(this::isArchived);
            siege.isWhole(1, true);
            siege.isWhole(2, true);
        });
    }

    private byte[] reframed(byte[] answer) {
        byte[] mutated = answer.clone();
        switch (mutations.below(4)) {
            case 0 -> mutated = Arrays.copyOf(mutated, 3 + mutations.below(mutated.length - 3));
            case 1 -> mutated[mutations.oneOf(FRAME)] ^= (byte) (1 << mutations.below(8));
            case 2 -> mutated[mutations.oneOf(List.of(13, 15))] = (byte) mutations.below(256);
            default -> mutated[14] += (byte) (1 + mutations.below(250));
        }
        return mutated;
    }

    /** Until so many more were sent; there are new records to be asked for whenever those before are archived. */
    private void answers(BooleanSupplier archived) {
        int target = sent.get() + BATCH;
        siege.until("it asks on", () -> {
            siege.witness.grow(archived.getAsBoolean() ? 10 : 0);
            siege.network.collect(Set.of());
            return sent.get() >= target;
        });
    }

    private boolean isArchived() {
        return last(1) == siege.witness.made() && last(2) == siege.witness.made();
    }

    private long last(int log) {
        return siege.intake.resumePoint(Siege.id(log)).orElseThrow().sequence();
    }

    private void say(byte[] apdu) {
        try {
            siege.witness.say(apdu, siege.us());
            sent.incrementAndGet();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
