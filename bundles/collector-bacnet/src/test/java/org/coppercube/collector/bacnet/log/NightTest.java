// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.junit.Assert.assertEquals;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.Test;

/** The nights in which clocks are put forward and back, whenever they are read. */
public class NightTest {
    private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
    private static final Instant AUTUMN = Instant.parse("2026-10-24T20:00:00Z");
    private static final Instant SPRING = Instant.parse("2026-03-28T20:00:00Z");
    private static final Reading VALUE = new Reading.Real(1);

    /** What a device records, and what becomes of it when it is visited after so many records each time. */
    private static List<Sample> read(List<Instant> made, int interval, int... visits) {
        List<Sample> samples = new ArrayList<>();
        int from = 0;
        for (int to : visits) {
            Sample last = samples.isEmpty() ? null : samples.get(samples.size() - 1);
            Timeline timeline = new Timeline(VIENNA, interval, last == null ? Long.MIN_VALUE : last.time(),
                    last == null ? 0 : last.sequence());
            Transcript transcript = new Transcript(VIENNA, timeline, 1);
            for (int i = from; i < to; i++) {
                transcript.record(i + 1, LocalDateTime.ofInstant(made.get(i), VIENNA), 0, VALUE);
            }
            transcript.end(made.get(to - 1).plusSeconds(20));
            transcript.take().forEach(chapter -> samples.addAll(chapter.samples()));
            from = to;
        }
        return samples;
    }

    private static void assertExact(List<Instant> made, List<Sample> samples) {
        assertEquals(made.size(), samples.size());
        for (int i = 0; i < made.size(); i++) {
            assertEquals("record " + i, made.get(i), samples.get(i).instant());
            assertEquals(Sample.TimeSource.RECORD, samples.get(i).timeSource());
            assertEquals(WallClock.shown(LocalDateTime.ofInstant(made.get(i), VIENNA)), Account.shown(samples.get(i)));
        }
    }

    private static List<Instant> regular(Instant start, int minutes) {
        List<Instant> made = new ArrayList<>();
        for (Instant time = start; time.isBefore(start.plusSeconds(10 * 3600)); time = time.plusSeconds(60L * minutes)) {
            made.add(time);
        }
        return made;
    }

    @Test
    public void areExactWheneverTheyAreVisited() {
        for (Instant start : new Instant[] {AUTUMN, SPRING}) {
            for (int minutes : new int[] {1, 2, 5, 10, 15, 20, 30, 60, 120, 180}) {
                List<Instant> made = regular(start, minutes);
                for (int visit = 1; visit < made.size(); visit += 1 + made.size() / 60) {
                    assertExact(made, read(made, minutes * 6_000, visit, made.size()));
                    assertExact(made, read(made, minutes * 6_000, visit, visit + 1 < made.size() ? visit + 1 : visit,
                            made.size()));
                }
            }
        }
    }

    @Test
    public void areExactFromTheFirstRecordThatIsEverRead() {
        for (int minutes : new int[] {1, 2, 5, 10, 15, 20, 30, 60, 120, 180}) {
            List<Instant> made = regular(AUTUMN, minutes);
            for (int first = 0; first < made.size(); first += 1 + made.size() / 60) {
                List<Instant> rest = made.subList(first, made.size());
                for (int visit = 1; visit <= rest.size(); visit += 1 + made.size() / 60) {
                    assertExact(rest, read(rest, minutes * 6_000, visit, rest.size()));
                }
            }
        }
    }

    @Test
    public void areExactForALogThatRecordsChanges() {
        Random random = new Random(25);
        for (int round = 0; round < 100; round++) {
            List<Instant> made = new ArrayList<>(List.of(AUTUMN.plusSeconds(random.nextInt(7 * 3600))));
            while (made.get(made.size() - 1).isBefore(AUTUMN.plusSeconds(9 * 3600))) {
                made.add(made.get(made.size() - 1).plusSeconds(random.nextInt(3500)));
            }
            for (int visit = 1; visit < made.size(); visit++) {
                assertExact(made, read(made, 0, visit, made.size()));
            }
        }
    }

    @Test
    public void areExactAcrossAGapInTheRecords() {
        List<Instant> made = regular(AUTUMN, 15);
        for (int first = 1; first < made.size() - 5; first++) {
            Sample last = read(made, 90_000, first).get(first - 1);
            for (int next = first + 1; next < made.size() - 1; next++) {
                Timeline timeline = new Timeline(VIENNA, 90_000, last.time(), last.sequence());
                LocalDateTime local = LocalDateTime.ofInstant(made.get(next), VIENNA);
                assertEquals(Sample.hundredths(made.get(next)), timeline.next(next + 1, local, VALUE).time());
            }
        }
    }

    @Test
    public void aClockThatIsPutBackByHandIsNotTheEndOfSummer() {
        for (int interval : new int[] {0, 6_000}) {
            Timeline timeline = new Timeline(VIENNA, interval, Long.MIN_VALUE, 0);
            timeline.next(1, LocalDateTime.parse("2026-10-25T01:59:00"), VALUE);
            assertEquals(120, timeline.next(2, LocalDateTime.parse("2026-10-25T02:00:00"), VALUE).offset());
            assertEquals(120, timeline.next(42, LocalDateTime.parse("2026-10-25T02:40:00"), VALUE).offset());
            LocalDateTime after = LocalDateTime.parse("2026-10-25T02:31:00");
            assertEquals(120, timeline.next(43, after, new Reading.TimeChange(-600)).offset());
            assertEquals(120, timeline.next(44, after.plusMinutes(1), VALUE).offset());
        }
    }

    @Test
    public void aDeviceThatRecordsTheEndOfSummerAsAChangeIsUnderstood() {
        for (int interval : new int[] {0, 90_000}) {
            Timeline timeline = new Timeline(VIENNA, interval, Long.MIN_VALUE, 0);
            timeline.next(1, LocalDateTime.parse("2026-10-25T01:45:00"), VALUE);
            for (int i = 0; i < 4; i++) {
                LocalDateTime local = LocalDateTime.parse("2026-10-25T02:00:00").plusMinutes(15 * i);
                assertEquals(120, timeline.next(2 + i, local, VALUE).offset());
            }
            LocalDateTime change = LocalDateTime.parse("2026-10-25T02:00:00");
            assertEquals(60, timeline.next(6, change, new Reading.TimeChange(-3600)).offset());
            assertEquals(60, timeline.next(7, change, VALUE).offset());
            assertEquals(60, timeline.next(8, change.plusMinutes(15), VALUE).offset());
        }
    }

    @Test
    public void recordsWithoutTimeHaveTheNextOnesAlsoInTheHourThatComesTwice() {
        Transcript transcript = new Transcript(VIENNA, new Timeline(VIENNA, 0, Long.MIN_VALUE, 0), 1);
        transcript.record(1, null, 0, VALUE);
        transcript.record(2, LocalDateTime.parse("2026-10-25T02:40:00"), 0, VALUE);
        transcript.gap(3, 5, Reading.Gap.Cause.OVERFLOW);
        transcript.record(8, LocalDateTime.parse("2026-10-25T02:10:00"), 0, VALUE);
        transcript.record(9, LocalDateTime.parse("2026-10-25T03:00:00"), 0, VALUE);
        List<Sample> samples = transcript.take().get(0).samples();
        assertEquals(List.of("2026-10-25T00:40:00Z", "2026-10-25T00:40:00Z", "2026-10-25T01:10:00Z",
                "2026-10-25T01:10:00Z", "2026-10-25T02:00:00Z"),
                samples.stream().map(sample -> sample.instant().toString()).toList());
        assertEquals(List.of(Sample.TimeSource.NEXT, Sample.TimeSource.RECORD, Sample.TimeSource.NEXT,
                Sample.TimeSource.RECORD, Sample.TimeSource.RECORD),
                samples.stream().map(Sample::timeSource).toList());
    }
}
