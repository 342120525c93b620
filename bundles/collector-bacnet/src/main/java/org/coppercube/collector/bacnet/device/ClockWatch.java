// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.coppercube.api.collect.DeviceClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares a device's clock with ours, by the rules of the site's zone. Changed in the loop, read by anybody. */
public final class ClockWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    private static final Duration JUMP = Duration.ofMinutes(1);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private record Look(LocalDateTime shown, Instant at, long nanos) {
    }

    private final String whose;
    private final ZoneId zone;
    private Look before;
    private boolean told;
    private volatile DeviceClock clock;

    /** @param whose for the log */
    public ClockWatch(String whose, ZoneId zone) {
        this.whose = whose;
        this.zone = zone;
    }

    /** As last measured; null before. */
    DeviceClock clock() {
        return clock;
    }

    /**
     * It showed this.
     *
     * @param at when, by our clock
     * @param nanos when, as {@link System#nanoTime} tells it
     */
    void showed(LocalDateTime shown, Instant at, long nanos) {
        Look now = new Look(shown, at, nanos);
        Duration ahead = Duration.between(LocalDateTime.ofInstant(at, zone), shown);
        boolean jumped = before != null && hasJumped(before, now);
        int jumps = (clock == null ? 0 : clock.jumps()) + (jumped ? 1 : 0);
        clock = new DeviceClock(ahead, at, jumps);
        before = now;
        boolean off = ahead.abs().compareTo(TOLERANCE) > 0;
        if (jumped && Integer.bitCount(jumps) == 1) { // the 1st, 2nd, 4th…: some do nothing else
            LOG.warn("{}: its clock has jumped ({} so far) and is now {} s {} ours; its records carry its time", whose,
                    jumps, ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of");
        } else if (off && !told) {
            LOG.warn("{}: its clock is {} s {} ours; its records carry its time", whose, ahead.abs().toSeconds(),
                    ahead.isNegative() ? "behind" : "ahead of");
        } else if (told && !off) {
            LOG.info("{}: its clock is right again", whose);
        }
        told = off;
    }

    /**
     * Neither when the site changes to daylight saving time and the clock follows, nor when it does not, nor when it
     * was ours that jumped.
     */
    private boolean hasJumped(Look first, Look second) {
        Duration progress = Duration.between(first.shown, second.shown);
        Duration change = Duration.ofSeconds(zone.getRules().getOffset(second.at).getTotalSeconds()
                - zone.getRules().getOffset(first.at).getTotalSeconds());
        Duration byOurClock = Duration.between(first.at, second.at);
        Duration byOurTimer = Duration.ofNanos(second.nanos - first.nanos);
        return Stream.of(byOurClock, byOurTimer, byOurClock.plus(change), byOurTimer.plus(change))
                .allMatch(foretold -> progress.minus(foretold).abs().compareTo(JUMP) > 0);
    }
}
