// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.Await;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.junit.Test;

public class CollectedLogTest {
    private static final Duration VISIT = Duration.ofMinutes(10);

    private static CollectedLog log(Duration interval, long bufferSize, boolean archived) {
        TrendLogId id = new TrendLogId("hq", 1, TrendLogId.Kind.TL, 1);
        return new CollectedLog(new ObjectId(ObjectId.TREND_LOG, 1),
                new TrendLog(id, "", "", "", null, "", ZoneOffset.UTC, interval, bufferSize), archived);
    }

    private static LogState state(CollectedLog log) {
        return log.state(VISIT, Instant.now(), "");
    }

    @Test
    public void itsLastRecordIsLookedAtEachDayAndAfterEachFailure() {
        CollectedLog log = log(Duration.ofMinutes(1), 1440, true);
        assertTrue("nothing is known of it", log.isProofDue(System.nanoTime()));
        log.proved();
        assertFalse(log.isProofDue(System.nanoTime()));
        assertTrue(log.isProofDue(System.nanoTime() + Duration.ofDays(1).toNanos()));
        log.failed(new SocketTimeoutException());
        assertTrue(log.isProofDue(System.nanoTime()));
    }

    @Test
    public void aBufferOverflowsWhenTheDeviceSaysAndNeverIfThatIsForEver() {
        CollectedLog day = log(Duration.ofMinutes(1), 1440, true);
        Instant counted = Instant.parse("2026-03-01T12:00:00Z");
        day.counted(500, counted, 0);
        assertNull("it is not known what is archived", state(day).overflowAt());
        day.collected();
        assertEquals(counted.plus(Duration.ofDays(1)), state(day).overflowAt());
        CollectedLog endless = log(Duration.ofMillis(10).multipliedBy(0xFFFF_FFFFL), 0xFFFF_FFFFL, true);
        endless.counted(500, counted, 0);
        endless.collected();
        assertNull(state(endless).overflowAt());
    }

    @Test
    public void aLogThatIsSwitchedOffIsNeitherLateNorFailedNorOverflows() {
        CollectedLog log = log(Duration.ofMinutes(1), 1440, true);
        log.collected();
        log.failed("no answer");
        assertEquals(Health.Level.FAILED, state(log).level());
        assertEquals("no answer", log.trouble());
        log.archive(false);
        assertEquals(Health.Level.OK, state(log).level());
        assertNull(state(log).overflowAt());
        assertNull(state(log).nextVisit());
        log.failed("no answer when asked by hand");
        assertEquals("", log.trouble());
        assertFalse(log.isCollected());
        assertFalse(log.isLate(Duration.ZERO));
    }

    @Test
    public void hasNumbersAsFarAsWeKnowWhenItWasReadAndNotInAnotherWay() {
        CollectedLog log = log(Duration.ofMinutes(1), 1440, true);
        assertFalse("it was not read", log.isNumbered());
        log.collected();
        assertTrue(log.isNumbered());
        log.readBy(LogState.Mode.SEQUENCE);
        assertTrue(log.isNumbered());
        log.readBy(LogState.Mode.TIME);
        assertFalse(log.isNumbered());
        log.readBy(LogState.Mode.POSITION);
        assertFalse(log.isNumbered());
    }

    @Test
    public void aLogIsLateOnlyWhenItHasBeenWantedForLong() {
        CollectedLog log = log(Duration.ofMinutes(1), 1440, false);
        long found = System.nanoTime();
        Await.until("a second has gone", () -> System.nanoTime() - found > 1_000_000_000);
        log.archive(true);
        assertFalse(log.isLate(Duration.ofMillis(1000)));
        Await.until("it is late", () -> log.isLate(Duration.ofMillis(1)));
        log.archive(true);
        assertTrue("it was wanted before", log.isLate(Duration.ofMillis(1)));
    }

    /** Counted, read and planned. */
    private static CollectedLog visited(CollectedLog log, long total) {
        return visited(log, total, System.nanoTime());
    }

    private static CollectedLog visited(CollectedLog log, long total, long nanos) {
        log.counted(total, Instant.now(), nanos);
        log.collected();
        log.plan(VISIT, 1);
        return log;
    }

    /** Whether its next visit is planned so long after it was counted, give or take what the test takes. */
    private static void assertPlanned(Duration pause, CollectedLog log) {
        LogState state = log.state(VISIT, Instant.EPOCH, "");
        Instant earliest = state.lastAttempt().plus(pause).minusSeconds(5);
        assertTrue(state.nextVisit() + " is before " + earliest, state.nextVisit().isAfter(earliest));
        assertTrue(state.nextVisit() + " is late", state.nextVisit().isBefore(Instant.now().plus(pause).plusSeconds(5)));
    }

    @Test
    public void isVisitedInHalfTheTimeThatItsBufferLastsButNeitherSeldomNorAllTheTime() {
        assertPlanned(Duration.ofMinutes(5), visited(log(Duration.ofSeconds(1), 600, true), 10));
        assertPlanned(VISIT, visited(log(Duration.ofMinutes(1), 1440, true), 10));
        assertPlanned(VISIT, visited(log(Duration.ofMinutes(1), 0, true), 10));
        assertPlanned(CollectedLog.FLOOR, visited(log(Duration.ofSeconds(1), 5, true), 10));
    }

    @Test
    public void goesAlongWithOthersWhenItIsNearlyDue() {
        CollectedLog log = log(Duration.ofMinutes(1), 1440, true);
        assertTrue("at once at first", log.isSoonDue(System.nanoTime()));
        long before = System.nanoTime();
        visited(log, 10);
        long after = System.nanoTime();
        assertFalse(log.isSoonDue(before + Duration.ofSeconds(539).toNanos()));
        assertTrue(log.isSoonDue(after + Duration.ofSeconds(540).toNanos()));
        assertFalse(log.untilDue(before + Duration.ofSeconds(599).toNanos()).isZero());
        assertTrue(log.untilDue(after + VISIT.toNanos()).isZero());
        log.archive(false);
        assertFalse("nobody wants it", log.isSoonDue(after + VISIT.toNanos()));
        log.archive(true);
        assertTrue("now somebody does", log.isSoonDue(System.nanoTime()));
    }

    @Test
    public void aLogOfUnknownRateIsLookedAtSoonAndThenLessAndLessSoon() {
        CollectedLog log = log(Duration.ZERO, 100, true);
        long minute = Duration.ofMinutes(1).toNanos();
        assertPlanned(Duration.ofMinutes(1), visited(log, 10));
        log = log(Duration.ZERO, 100, true);
        log.counted(10, Instant.now(), System.nanoTime() - 3 * minute);
        assertPlanned(Duration.ofMinutes(3), visited(log, 10));
        log = log(Duration.ZERO, 100, true);
        log.counted(10, Instant.now(), System.nanoTime() - 200 * minute);
        assertPlanned(VISIT, visited(log, 10));
        log = log(Duration.ZERO, 100, true);
        log.counted(10, Instant.now(), System.nanoTime() - minute);
        assertPlanned(Duration.ofMinutes(2), visited(log, 35)); // 100 last four minutes
    }

    @Test
    public void isTriedLessAndLessOftenWhileItFails() {
        CollectedLog log = log(Duration.ofSeconds(1), 20, true);
        visited(log, 10);
        for (long seconds : new long[] {10, 20, 40, 80, 160, 320, 600, 600}) {
            log.failed("it does not say");
            log.plan(VISIT, 1);
            assertPlanned(Duration.ofSeconds(seconds), log);
        }
        visited(log, 20);
        assertPlanned(Duration.ofSeconds(10), log);
        log.failed("it does not say");
        log.plan(VISIT, 1);
        assertPlanned(Duration.ofSeconds(10), log);
    }

    @Test
    public void aBufferThatIsTooSmallIsToldWithWhatWouldHelp() {
        CollectedLog log = visited(log(Duration.ofSeconds(1), 15, true), 10);
        assertEquals(Health.Level.DEGRADED, state(log).level());
        assertEquals("its buffer of 15 records lasts 15.0 s, which is too short; a Buffer_Size of 259200 or a "
                + "Log_Interval of 17280 s outlasts a long weekend", state(log).cause());
        assertEquals(new LogState.Advice(259_200, Duration.ofHours(72).dividedBy(15)), state(log).advice());
        log.archive(false);
        assertEquals("", log.overflow());
        assertNull(state(log).advice());
    }

    @Test
    public void aBufferThatOverflowedIsToldUntilItIsReadInTime() {
        long hour = Duration.ofHours(1).toNanos();
        CollectedLog log = visited(log(Duration.ofDays(1), 100, true), 10, 0);
        assertEquals("", log.overflow());
        assertEquals(Health.Level.OK, state(log).level());
        visited(log, 111, hour);
        assertTrue(log.overflow(), log.overflow().startsWith("its buffer of 100 records overflowed"));
        assertEquals(Health.Level.DEGRADED, state(log).level());
        visited(log, 120, 2 * hour);
        assertEquals("", log.overflow());
    }
}
