// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.ArchiveMaintenance;
import org.coppercube.api.archive.MonthDigest;
import org.coppercube.api.archive.Transfer;
import org.coppercube.api.archive.Verification;
import org.coppercube.api.archive.Watch;
import org.coppercube.api.trend.TrendLogId;
import org.junit.After;
import org.junit.Test;

public class NightlyTest {

    private static final Duration LOOK = Duration.ofMillis(1);

    private final NightClock clock = new NightClock();
    private final BlockingQueue<Instant> begun = new LinkedBlockingQueue<>();
    private Nightly nightly;

    @After
    public void close() {
        nightly.close();
    }

    /** Local time is that of Berlin: at 03:00 there it is 02:00 UTC in winter. */
    private static final class NightClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-23T01:59:59Z");
        private volatile CountDownLatch looks = new CountDownLatch(0);

        @Override
        public Instant instant() {
            looks.countDown();
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("Europe/Berlin");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        /** Returns when that has been seen. */
        void set(String time) throws InterruptedException {
            now = Instant.parse(time);
            looks = new CountDownLatch(5);
            assertTrue(looks.await(20, TimeUnit.SECONDS));
        }
    }

    @Test
    public void verifiesOnceANightSomeTimeAfterThree() throws Exception {
        nightly = new Nightly(noting((logs, watch) -> { }), clock, LOOK);
        clock.set("2026-11-23T01:59:59.9Z");
        assertTrue("not before three", begun.isEmpty());
        clock.set("2026-11-23T03:00:00Z");
        assertEquals(clock.now, begun.poll(20, TimeUnit.SECONDS));
        clock.set("2026-11-23T20:00:00Z");
        assertTrue("not twice", begun.isEmpty());
        clock.set("2026-11-24T03:00:00Z");
        assertEquals(clock.now, begun.poll(20, TimeUnit.SECONDS));
    }

    @Test
    public void aClockThatWasFarAheadIsForgotten() throws Exception {
        clock.now = Instant.parse("2037-01-01T12:00:00Z");
        nightly = new Nightly(noting((logs, watch) -> { }), clock, LOOK);
        clock.set("2037-01-01T12:00:01Z");
        clock.set("2026-11-23T12:00:00Z");
        clock.set("2026-11-24T03:00:00Z");
        assertEquals(clock.now, begun.poll(20, TimeUnit.SECONDS));
    }

    @Test
    public void anArchiveThatCannotBeVerifiedNowIsVerifiedNextNight() throws Exception {
        nightly = new Nightly(noting((logs, watch) -> {
            throw new ArchiveException("The archive cannot be verified now", null);
        }), clock, LOOK);
        clock.set("2026-11-23T01:59:59Z");
        clock.set("2026-11-23T03:00:00Z");
        assertEquals(clock.now, begun.poll(20, TimeUnit.SECONDS));
        clock.set("2026-11-24T03:00:00Z");
        assertEquals(clock.now, begun.poll(20, TimeUnit.SECONDS));
    }

    @Test
    public void leavesOffWhenItIsClosed() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        nightly = new Nightly(noting((logs, watch) -> {
            while (watch.goesOn(1, 2)) {
                Thread.onSpinWait();
            }
            ended.countDown();
        }), clock, LOOK);
        clock.set("2026-11-23T01:59:59Z");
        clock.now = Instant.parse("2026-11-23T03:00:00Z");
        assertEquals(clock.now, begun.poll(20, TimeUnit.SECONDS));
        assertEquals(1, ended.getCount());
        nightly.close();
        assertTrue(ended.await(20, TimeUnit.SECONDS));
        assertFalse(Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals("archive-nightly")));
    }

    /** What verifying does. */
    private interface Work {
        void verify(Collection<TrendLogId> logs, Watch watch);
    }

    private ArchiveMaintenance noting(Work work) {
        return new ArchiveMaintenance() {
            @Override
            public Verification verify(Collection<TrendLogId> logs, Watch watch) {
                assertEquals("all of them", List.of(), List.copyOf(logs));
                begun.add(clock.now);
                work.verify(logs, watch);
                return new Verification(true, 0, 0, 0, List.of());
            }

            @Override
            public long backup(Path directory) {
                throw new UnsupportedOperationException("nobody asks at night");
            }

            @Override
            public Transfer exportTo(Path file, Collection<TrendLogId> logs, long position, Watch watch) {
                throw new UnsupportedOperationException("nobody asks at night");
            }

            @Override
            public Transfer importFrom(Path file, Optional<String> site, Watch watch) {
                throw new UnsupportedOperationException("nobody asks at night");
            }

            @Override
            public List<MonthDigest> digests(TrendLogId log) {
                throw new UnsupportedOperationException("nobody asks at night");
            }
        };
    }
}
