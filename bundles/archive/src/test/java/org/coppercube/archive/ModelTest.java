// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.log;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.archive.Page;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.archive.Model.Arrival;
import org.junit.Rule;
import org.junit.Test;

/** Whatever is done to it, the archive answers as a plain list would. */
public class ModelTest {

    private static final int JOURNAL_BYTES = 25_000;
    private static final int STEPS = 200;
    /** Around the sizes at which something is sealed, merged or cut. */
    private static final int[] CORNERS = {1, 7, 8, 9, 64, 65, 2_047, 2_048, 2_049, 4_095, 4_096, 4_097, 5_000};

    private static final Comparator<Arrival> BY_MAGNITUDE = Comparator.comparingDouble(ModelTest::magnitude);
    private static final Comparator<Arrival> BY_RECORD =
            Comparator.comparingInt(Arrival::run).thenComparingLong(arrival -> arrival.sample().sequence());

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk(JOURNAL_BYTES);

    private final Model model = new Model();
    private final Random random = new Random(20261123);

    /** One log for each sort of data. */
    private List<IntFunction<Reading>> sorts() {
        return List.of(
                number -> new Reading.Enumerated(1),
                number -> new Reading.Real(200 + number % 70 / 10f),
                number -> new Reading.Double(Double.longBitsToDouble(random.nextLong())),
                number -> number % 10 == 9 ? new Reading.Gap(1 + random.nextInt(70), EveryKind.cause(random))
                        : new Reading.Real(Float.intBitsToFloat(random.nextInt())),
                number -> new Reading.Text("\u2103".repeat(random.nextInt(300))),
                number -> new Reading.Null());
    }

    @Test
    public void answersAsAListWouldWhateverIsDone() {
        disk.describe(sorts().size());
        for (int step = 0; step < STEPS; step++) {
            act();
            compare("step " + step);
        }
        compareAll("at last");
        disk.restart();
        compareAll("restarted");
    }

    private void act() {
        switch (random.nextInt(40)) {
            case 0 -> disk.restart();
            case 1 -> die();
            case 2 -> failToAppend();
            case 3 -> countLossesAnew();
            default -> append();
        }
    }

    private void append() {
        List<Batch> visit = new ArrayList<>();
        for (int batches = 1 + random.nextInt(4); batches > 0; batches--) {
            visit.add(batch(1 + random.nextInt(sorts().size())));
        }
        assertEquals(model.append(visit), disk.get().append(visit));
    }

    /** Goes on with a log, or repeats, overlaps, leaves out, or begins a run. */
    private Batch batch(int log) {
        ResumePoint resume = model.resumePoint(id(log)).orElse(null);
        int run = resume == null ? 1 : resume.run();
        long next = resume == null ? random.nextInt(3) : resume.sequence() + 1;
        switch (random.nextInt(12)) {
            case 0 -> {
                run++;
                next = random.nextInt(1_000);
            }
            case 1 -> next = Math.max(0, next - random.nextInt(50));
            case 2 -> next += random.nextInt(5);
            case 3 -> run = Math.max(1, run - 1);
            default -> {
            }
        }
        return new Batch(id(log), run, samples(log, next, count(log)));
    }

    private int count(int log) {
        int room = Growth.SEALED_SAMPLES - model.of(id(log)).size() % Growth.SEALED_SAMPLES;
        return switch (random.nextInt(60)) {
            case 0 -> CORNERS[random.nextInt(CORNERS.length)];
            case 1, 2, 3 -> Math.max(0, room - random.nextInt(2));
            default -> random.nextInt(30);
        };
    }

    private List<Sample> samples(int log, long first, int count) {
        List<Sample> samples = new ArrayList<>();
        long sequence = first;
        for (int i = 0; i < count; i++) {
            long time = 6_000 * sequence + (log == 3 ? random.nextInt(1_000_000) : 0);
            Sample sample = new Sample(sequence, time, 15 * random.nextInt(96), sorts().get(log - 1).apply(i));
            samples.add(sample);
            sequence = sample.lastSequence() + 1;
        }
        return samples;
    }

    private void die() {
        EmbeddedDataSource source = disk.source();
        source.setShutdownDatabase("shutdown");
        assertThrows(SQLException.class, source::getConnection);
    }

    private void failToAppend() {
        List<Batch> visit = List.of(batch(1), batch(2), new Batch(id(99), 1, samples(1, 1, 1)));
        assertThrows(IllegalArgumentException.class, () -> disk.get().append(visit));
    }

    private void countLossesAnew() {
        try {
            disk.sql(random.nextBoolean() ? "DELETE FROM loss"
                    : "DELETE FROM loss WHERE cause = " + EveryKind.cause(random).ordinal());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        disk.restart();
    }

    private void compare(String when) {
        assertEquals(when, model.all().size(), disk.get().end());
        int log = 1 + random.nextInt(sorts().size());
        assertEquals(when, model.resumePoint(id(log)), disk.get().resumePoint(id(log)));
        long from = random.nextInt(model.all().size() + 1);
        int limit = 1 + random.nextInt(random.nextBoolean() ? 50 : 5_000);
        LongLists.assertSame(when + ", feed after " + from,
                model.all().subList((int) from, Math.min(model.all().size(), (int) from + limit)),
                feed(when, from, limit));
        comparePages(when, id(log), 1 + random.nextInt(3_000), OptionalLong.of(6_000L * random.nextInt(6_000)));
        compareExtremes(when, id(log), 2 + random.nextInt(40));
        LocalDate day = LocalDate.ofEpochDay(random.nextInt(20));
        compareLosses(when, day, day.plusDays(random.nextInt(20)));
    }

    private void compareLosses(String when, LocalDate from, LocalDate to) {
        assertEquals(when, model.losses(from, to), disk.get().losses(from, to));
    }

    private void compareAll(String when) {
        compareLosses(when, LocalDate.MIN, LocalDate.MAX);
        LongLists.assertSame(when + ", whole feed", model.all(), feed(when, 0, Integer.MAX_VALUE));
        for (int log = 1; log <= sorts().size(); log++) {
            comparePages(when, id(log), 1_000, OptionalLong.empty());
            assertEquals(when, model.resumePoint(id(log)), disk.get().resumePoint(id(log)));
            assertEquals(when, Optional.of(model.holding(log(log))), disk.get().holding(id(log)));
        }
    }

    private List<Arrival> feed(String when, long after, int limit) {
        List<Arrival> read = new ArrayList<>();
        for (Entry entry : disk.get().read(after, limit)) {
            entry.samples().forEach(sample -> read.add(new Arrival(entry.log().id(), entry.run(), sample)));
            assertEquals(when, after + read.size(), entry.position());
        }
        return read;
    }

    /** @param from where the range begins, and it is some hundred samples long; empty for all */
    private void comparePages(String when, TrendLogId log, int limit, OptionalLong from) {
        long first = from.orElse(Long.MIN_VALUE);
        long end = from.isPresent() ? first + 6_000 * random.nextInt(1_000) : Long.MAX_VALUE;
        List<Arrival> found = new ArrayList<>();
        for (OptionalLong start = OptionalLong.of(0); start.isPresent();) {
            Page page = disk.get().samples(log, first, end, start.getAsLong(), limit);
            for (Slice slice : page.slices()) {
                slice.samples().forEach(sample -> found.add(new Arrival(log, slice.run(), sample)));
            }
            start = page.next();
        }
        LongLists.assertSame(when + ", " + log + " from " + first + " to " + end, model.of(log).stream()
                .filter(held -> held.sample().time() >= first && held.sample().time() < end).toList(), found);
    }

    private void compareExtremes(String when, TrendLogId log, int points) {
        long first = 6_000L * random.nextInt(3_000);
        long end = first + 6_000L * random.nextInt(9_000);
        List<Arrival> candidates = model.of(log).stream()
                .filter(held -> held.sample().time() >= first && held.sample().time() < end)
                .filter(held -> Double.isFinite(Summary.magnitude(held.sample()))).toList();
        List<Arrival> drawn = new ArrayList<>();
        for (Slice slice : disk.get().extremes(log, first, end, points)) {
            slice.samples().forEach(sample -> drawn.add(new Arrival(log, slice.run(), sample)));
        }
        assertTrue(when + ", points", drawn.size() <= points);
        LongLists.assertSame(when + ", record order", drawn.stream().sorted(BY_RECORD).toList(), drawn);
        assertEquals(when + ", each once", new HashSet<>(drawn).size(), drawn.size());
        assertTrue(when + ", all real", new HashSet<>(candidates).containsAll(drawn));
        for (Comparator<Arrival> order : List.of(BY_MAGNITUDE, BY_MAGNITUDE.reversed())) {
            assertEquals(when, candidates.stream().min(order).map(ModelTest::magnitude),
                    drawn.stream().min(order).map(ModelTest::magnitude));
        }
    }

    private static double magnitude(Arrival arrival) {
        return Summary.magnitude(arrival.sample()) + 0.0; // 0.0 and -0.0 are one to a chart
    }
}
