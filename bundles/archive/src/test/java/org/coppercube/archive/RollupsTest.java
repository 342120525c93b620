// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Interval;
import org.coppercube.api.archive.Rollup;
import org.coppercube.api.archive.RollupPage;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;
import org.junit.Rule;
import org.junit.Test;

public class RollupsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final long T0 = Sample.hundredths(Instant.parse("2026-03-20T00:00:00Z"));
    private static final long MINUTE = 6_000;
    private static final List<String> SIZES = List.of("1s", "90s", "7m", "15m", "1h", "36h", "1d", "1w", "1mo");

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();

    /** The same whether chunks are opened or not: small intervals need it, large ones do not. */
    @Test
    public void rowsAreThoseOfAPlainListWhereverAClockHasBeenPut() {
        Random random = new Random(20261123);
        disk.describe(2);
        List<Sample> setBack = new ArrayList<>();
        List<Sample> anything = new ArrayList<>();
        long time = T0;
        for (int part = 0; part < 9; part++) {
            List<Sample> samples = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                time += random.nextInt(400) == 0 ? -random.nextInt(3_000_000) : random.nextInt(2) * 3 * MINUTE;
                samples.add(new Sample(setBack.size() + samples.size() + 1, time, 60, reading(random)));
            }
            setBack.addAll(samples);
            disk.append(1, 1, samples);
            List<Sample> more = EveryKind.random(random,
                    anything.isEmpty() ? 1 : anything.get(anything.size() - 1).lastSequence() + 1, 700);
            anything.addAll(more);
            disk.append(2, 1, more);
        }
        compare("still in the head", 1, setBack, random);
        disk.append(1, 2, reals(1, 1)); // which seals the head
        setBack.add(reals(1, 1).get(0));
        compare("sealed", 1, setBack, random);
        compare("of every kind", 2, anything, random);
        disk.restart();
        compare("restarted", 1, setBack, random);
    }

    private static Reading reading(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> new Reading.Null();
            case 1 -> new Reading.Real(Float.NaN);
            case 2 -> new Reading.Double(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
            case 3 -> new Reading.Real(random.nextBoolean() ? -0f : 0f);
            case 4 -> new Reading.Boolean(random.nextBoolean());
            default -> new Reading.Real((200 + random.nextInt(50)) / 10f);
        };
    }

    private void compare(String when, int log, List<Sample> samples, Random random) {
        for (String size : SIZES) {
            long from = random.nextBoolean() ? Long.MIN_VALUE : T0 + random.nextInt(1_000_000);
            long to = random.nextBoolean() ? Long.MAX_VALUE : T0 + 10L * random.nextInt(50_000_000);
            List<String> expected = naive(samples, Interval.parse(size), from, to).stream()
                    .map(Object::toString).toList();
            int limit = 1 + random.nextInt(expected.size() + 1);
            limit = Math.max(limit, expected.size() / 20);
            LongLists.assertSame(when + ", " + size + " from " + from + " to " + to + " by " + limit, expected,
                    pages(log, size, from, to, limit).stream().map(Object::toString).toList());
        }
    }

    private List<Rollup> pages(int log, String size, long from, long to, int limit) {
        List<Rollup> all = new ArrayList<>();
        for (OptionalLong start = OptionalLong.of(from); start.isPresent();) {
            RollupPage page = disk.get().rollups(id(log), start.getAsLong(), to, Interval.parse(size), limit);
            assertTrue(page.rows().size() == limit || page.next().isEmpty());
            all.addAll(page.rows());
            start = page.next();
        }
        return all;
    }

    private static List<Rollup> naive(List<Sample> samples, Interval size, long from, long to) {
        TreeMap<Long, List<Sample>> rows = new TreeMap<>();
        for (Sample sample : samples) {
            if (sample.time() >= from && (sample.time() < to || to == Long.MAX_VALUE)
                    && sample.reading() instanceof Reading.Numeric reading && Double.isFinite(reading.magnitude())) {
                rows.computeIfAbsent(interval(size, sample.time())[0], any -> new ArrayList<>()).add(sample);
            }
        }
        return rows.values().stream().map(row -> naive(row, interval(size, row.get(0).time()))).toList();
    }

    private static Rollup naive(List<Sample> row, long[] interval) {
        BigDecimal sum = BigDecimal.ZERO;
        double min = magnitude(row.get(0));
        double max = min;
        Sample last = row.get(0);
        for (Sample sample : row) {
            sum = sum.add(new BigDecimal(magnitude(sample)));
            min = magnitude(sample) < min ? magnitude(sample) : min;
            max = magnitude(sample) > max ? magnitude(sample) : max;
            last = sample.time() >= last.time() ? sample : last;
        }
        return new Rollup(interval[0], interval[1], row.size(), min, max, sum.doubleValue(), magnitude(last));
    }

    private static double magnitude(Sample sample) {
        return ((Reading.Numeric) sample.reading()).magnitude();
    }

    private static long[] interval(Interval size, long time) {
        long length = 100L * size.count() * switch (size.unit()) {
            case SECOND -> 1;
            case MINUTE -> 60;
            case HOUR -> 3_600;
            default -> 0;
        };
        if (length == 0) {
            return date(size, time);
        }
        long into = Math.floorMod(time, length);
        return new long[] {time < Long.MIN_VALUE + into ? Long.MIN_VALUE : time - into,
            time > Long.MAX_VALUE - length ? Long.MAX_VALUE : time - into + length};
    }

    private static long[] date(Interval size, long time) {
        long first = 100 * LocalDate.of(0, 1, 1).toEpochDay() * 86_400;
        long end = 100 * LocalDate.of(10_000, 1, 1).toEpochDay() * 86_400;
        if (time < first || time >= end) {
            return time < 0 ? new long[] {Long.MIN_VALUE, first} : new long[] {end, Long.MAX_VALUE};
        }
        LocalDate day = Instant.ofEpochSecond(Math.floorDiv(time, 100)).atZone(BERLIN).toLocalDate();
        LocalDate start = switch (size.unit()) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            default -> day.withDayOfMonth(1);
        };
        LocalDate next = switch (size.unit()) {
            case DAY -> day.plusDays(1);
            case WEEK -> start.plusDays(7);
            default -> start.plusMonths(1);
        };
        return new long[] {Math.max(first, 100 * start.atStartOfDay(BERLIN).toEpochSecond()),
            Math.min(end, 100 * next.atStartOfDay(BERLIN).toEpochSecond())};
    }

    @Test
    public void chunksThatLieInOneIntervalAreNotOpened() throws SQLException {
        disk.describe(1);
        disk.append(1, 1, reals(1, 3 * 2_048));
        disk.sql("UPDATE chunk SET data = X'00'");
        assertEquals("nothing was opened, so nothing seen", naive(reals(1, 3 * 2_048), Interval.parse("12mo"),
                Long.MIN_VALUE, Long.MAX_VALUE).stream().mapToLong(Rollup::count).sum(),
                pages(1, "12mo", Long.MIN_VALUE, Long.MAX_VALUE, 1_000).stream().mapToLong(Rollup::count).sum());
    }

    @Test
    public void lastIsTheLatestAndAmongEqualsTheLastRecord() {
        disk.describe(1);
        disk.append(1, 1, List.of(real(1, 700, 1), real(2, 900, 2), real(3, 900, 3), real(4, 800, 4)));
        assertEquals(List.of(3.0), pages(1, "1h", 0, 1_000, 9).stream().map(Rollup::last).toList());
        disk.append(1, 2, reals(100, 1));
        assertEquals("sealed", List.of(3.0), pages(1, "1h", 0, 1_000, 9).stream().map(Rollup::last).toList());
    }

    private static Sample real(long sequence, long time, float value) {
        return new Sample(sequence, time, 0, new Reading.Real(value));
    }

    @Test
    public void theRangeCutsAChunkThatLiesInOneInterval() {
        disk.describe(1);
        disk.append(1, 1, reals(1, 2_048));
        assertEquals(List.of(2_038L), pages(1, "12mo", 90_000 * 11, Long.MAX_VALUE, 9).stream().map(Rollup::count)
                .toList());
        assertEquals(List.of(10L), pages(1, "12mo", Long.MIN_VALUE, 90_000 * 11, 9).stream().map(Rollup::count)
                .toList());
    }

    @Test
    public void aDayMayHave23And25Hours() {
        disk.get().describe(List.of(new TrendLog(id(1), "", "", "", null, "", BERLIN, Duration.ofHours(1), 0)));
        List<Sample> hours = new ArrayList<>();
        for (long i = 0; i < 366 * 24; i++) {
            hours.add(new Sample(i + 1, Sample.hundredths(Instant.parse("2025-12-31T23:00:00Z")) + 360_000 * i, 60,
                    new Reading.Real(1)));
        }
        disk.append(1, 1, hours);
        List<Rollup> days = pages(1, "1d", Long.MIN_VALUE, Long.MAX_VALUE, 100);
        assertEquals(23, days.get(LocalDate.of(2026, 3, 29).getDayOfYear() - 1).count());
        assertEquals(25, days.get(LocalDate.of(2026, 10, 25).getDayOfYear() - 1).count());
        assertEquals(363, days.stream().limit(365).filter(day -> day.count() == 24).count());
    }

    @Test
    public void sumsAreExactHoweverFarTheReadingsAreApart() {
        disk.describe(1);
        List<Sample> samples = new ArrayList<>();
        double[] parts = {1e16, 1, -1e16, Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE,
            1e-300, 0.1};
        for (double part : parts) {
            samples.add(new Sample(samples.size() + 1, samples.size(), 0, new Reading.Double(part)));
        }
        disk.append(1, 1, samples);
        assertEquals(List.of(1.1), pages(1, "1h", 0, 100, 9).stream().map(Rollup::sum).toList());
        disk.append(1, 2, reals(100, 1));
        assertEquals("sealed", List.of(1.1), pages(1, "1h", 0, 100, 9).stream().map(Rollup::sum).toList());
        assertEquals(List.of(1.1 / 9), pages(1, "1h", 0, 100, 9).stream().map(Rollup::average).toList());
    }

    @Test
    public void whoKnowsNothingAnswersNothing() {
        disk.describe(1);
        assertEquals(List.of(), pages(1, "1h", 0, 100, 9));
        assertEquals(List.of(), pages(99, "1h", 0, 100, 9));
        disk.get().append(List.of(new Batch(id(1), 1, reals(1, 10))));
        assertEquals(List.of(), pages(1, "1h", 100, 0, 9));
        assertThrows(IllegalArgumentException.class, () -> pages(1, "1h", 0, 100, 0));
    }
}
