// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;

/**
 * Writes the records of one run of one log down as samples. What has no time of its own waits for the next that has,
 * but not without end: a device without a clock may have any number.
 */
final class Transcript {
    private record Timeless(long sequence, int flags, Reading reading) {
        Sample at(WallClock.Moment moment, Sample.TimeSource source) {
            return new Sample(sequence, moment.time(), moment.offset(), source, flags, reading);
        }
    }

    private static final int MOST_WAITING = 10_000;

    private final WallClock clock;
    private final ZoneId zone;
    private final List<Timeless> waiting = new ArrayList<>();
    private List<Sample> samples = new ArrayList<>();
    private long before;

    /** @param before time of the last sample already archived, {@link Long#MIN_VALUE} if there is none */
    Transcript(ZoneId zone, long before) {
        this.clock = new WallClock(zone);
        this.zone = zone;
        this.before = before;
    }

    void record(long sequence, LogRecord record) {
        if (record.time() == null) {
            waiting.add(new Timeless(sequence, record.flags(), record.reading()));
            if (waiting.size() >= MOST_WAITING) {
                end(Instant.now());
            }
            return;
        }
        WallClock.Moment moment = clock.at(record.time(), before);
        before = moment.time();
        write(moment, Sample.TimeSource.NEXT);
        samples.add(new Sample(sequence, moment.time(), moment.offset(), Sample.TimeSource.RECORD, record.flags(),
                record.reading()));
    }

    void gap(long first, long count, Reading.Gap.Cause cause) {
        waiting.add(new Timeless(first, 0, new Reading.Gap(count, cause)));
    }

    /** Nothing comes any more: what still waits has the time of reading. */
    void end(Instant now) {
        write(clock.at(now.atZone(zone)), Sample.TimeSource.READ);
    }

    private void write(WallClock.Moment moment, Sample.TimeSource source) {
        waiting.forEach(one -> samples.add(one.at(moment, source)));
        waiting.clear();
    }

    /** Hands over what is written since the last call. */
    List<Sample> take() {
        List<Sample> written = samples;
        samples = new ArrayList<>();
        return written;
    }
}
