// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.message.LogRecord;
import org.junit.Test;

public class AccountTest {
    private static final LocalDateTime TIME = LocalDateTime.parse("2026-11-23T04:00:00.25");

    private static Account account(Sample last) {
        TrendLogId id = new TrendLogId("hq", 1, TrendLogId.Kind.TL, 1);
        return new Account(new TrendLog(id, "", "", "", null, "", ZoneOffset.ofHours(1), Duration.ofMinutes(1), 0),
                Optional.of(new ResumePoint(3, last.sequence(), Optional.of(last))));
    }

    private static boolean isLast(Reading archived, Reading read) {
        Sample last = new Sample(7, WallClock.shown(TIME) - 360_000, 60, archived);
        assertFalse(account(last).isLast(new LogRecord(TIME.plusNanos(10_000_000), 0, read)));
        assertFalse(account(last).isLast(new LogRecord(null, 0, read)));
        return account(last).isLast(new LogRecord(TIME, 0, read));
    }

    @Test
    public void theLastRecordIsKnownByItsTimeAndItsReading() {
        assertTrue(isLast(new Reading.Real(1), new Reading.Real(1)));
        assertFalse(isLast(new Reading.Real(1), new Reading.Real(2)));
        Sample timeless = new Sample(7, 0, 60, Sample.TimeSource.NEXT, 0, new Reading.Real(1));
        assertTrue(account(timeless).isLast(new LogRecord(null, 0, new Reading.Real(1))));
        assertFalse(account(timeless).isLast(new LogRecord(TIME, 0, new Reading.Real(1))));
    }

    @Test
    public void theLastRecordIsStillTheSameWhenMoreOfItIsUnderstood() {
        assertTrue(isLast(new Reading.Any("4441a00000", null), new Reading.Any("4441a00000", new Reading.Real(20))));
        assertFalse(isLast(new Reading.Any("4441a00000", null), new Reading.Any("4441a00001", null)));
        assertTrue(isLast(new Reading.Event("5905", new TreeMap<>()),
                new Reading.Event("5905", new TreeMap<>(Map.of("priority", "5")))));
        assertFalse(isLast(new Reading.Event("5905", new TreeMap<>()), new Reading.Event("5906", new TreeMap<>())));
        assertTrue(isLast(new Reading.Undecodable("00"), new Reading.Real(1)));
        assertFalse(isLast(new Reading.Undecodable("00"), new Reading.Undecodable("01")));
    }

    @Test
    public void anEstimateIsNeverMoreThanThereAreNumbers() {
        Account account = account(new Sample(7, 0, 0, new Reading.Real(1)));
        LogRecord late = new LogRecord(LocalDateTime.parse("1975-01-01T00:00:00"), 0, new Reading.Real(1));
        assertTrue(account.missingBefore(late) < 100_000_000);
        Account fast = new Account(new TrendLog(account.id(), "", "", "", null, "", ZoneOffset.UTC,
                Duration.ofMillis(10), 0), Optional.of(new ResumePoint(1, 7, Optional.of(account.last()))));
        fast.write(fast.missingBefore(late), Reading.Gap.Cause.OVERFLOW, List.of(late));
        assertEquals(new Reading.Gap(Counts.LAST_NUMBER - 8, Reading.Gap.Cause.OVERFLOW),
                fast.take().get(0).samples().get(0).reading());
        fast.write(0, Reading.Gap.Cause.OVERFLOW, List.of(late, late));
        assertEquals("there are none after the last", List.of(2, 1L), fast.take().stream()
                .flatMap(chapter -> Stream.of(chapter.run(), chapter.samples().get(0).sequence())).toList());
    }
}
