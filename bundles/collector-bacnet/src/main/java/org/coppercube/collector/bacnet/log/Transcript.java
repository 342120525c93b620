// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.collector.bacnet.message.LogRecord;

/**
 * Writes the records of one series down as samples. What has no time of its own, or one that only a later record can
 * tell from another, waits for the next that has, but not without end: a device without a clock may have any number.
 */
final class Transcript {
    /** Samples of one run. */
    record Chapter(int run, List<Sample> samples) {
    }

    /** @param local null if it has no time */
    private record Waiting(int run, long sequence, LocalDateTime local, int flags, Reading reading) {
        Sample at(WallClock.Moment moment, Sample.TimeSource source) {
            return new Sample(sequence, moment.time(), moment.offset(), source, flags, reading);
        }
    }

    private static final int MOST_WAITING = 10_000;

    private final Timeline timeline;
    private final ZoneId zone;
    private final List<Waiting> waiting = new ArrayList<>();
    private List<Chapter> chapters = new ArrayList<>();
    private int run;

    Transcript(ZoneId zone, Timeline timeline, int run) {
        this.timeline = timeline;
        this.zone = zone;
        this.run = run;
    }

    /** What comes from now on belongs to this run. */
    void open(int run) {
        this.run = run;
        timeline.renumber();
    }

    void record(long sequence, LocalDateTime local, int flags, Reading reading) {
        WallClock.Moment moment = local == null ? null : timeline.next(sequence, local, reading);
        if (moment == null) {
            waiting.add(new Waiting(run, sequence, local, flags, reading));
            if (waiting.size() >= MOST_WAITING) {
                end(Instant.now());
            }
            return;
        }
        if (!waiting.isEmpty()) {
            settle(run, sequence, moment, Sample.TimeSource.NEXT);
        }
        samples(run).add(new Sample(sequence, moment.time(), moment.offset(), Sample.TimeSource.RECORD, flags,
                reading));
    }

    /** Records that nobody has any more. One gap is told where the one before ends at this one, for the same cause. */
    void gap(long first, long count, Reading.Gap.Cause cause) {
        Waiting last = waiting.isEmpty() ? null : waiting.get(waiting.size() - 1);
        if (last != null && last.run == run && last.reading instanceof Reading.Gap gap && gap.cause() == cause
                && last.sequence + gap.count() == first) {
            waiting.set(waiting.size() - 1,
                    new Waiting(run, last.sequence, null, 0, new Reading.Gap(gap.count() + count, cause)));
        } else {
            waiting.add(new Waiting(run, first, null, 0, new Reading.Gap(count, cause)));
        }
    }

    /** As {@link Timeline#since}. */
    long since(long next) {
        return timeline.since(next);
    }

    /** As {@link Timeline#intervalsTo}. */
    long intervalsTo(LogRecord record, double early) {
        return timeline.intervalsTo(record.time(), early);
    }

    /** Nothing comes any more: what still waits for a time has that of reading. */
    void end(Instant now) {
        settle(run, 0, timeline.at(now.atZone(zone)), Sample.TimeSource.READ);
    }

    /** Writes down what waited, seen from what follows it. */
    private void settle(int run, long sequence, WallClock.Moment moment, Sample.TimeSource from) {
        List<Sample> settled = new ArrayList<>();
        int laterRun = run;
        long laterSequence = sequence;
        WallClock.Moment later = moment;
        Sample.TimeSource source = from;
        for (int i = waiting.size() - 1; i >= 0; i--) {
            Waiting one = waiting.get(i);
            if (one.local == null) {
                settled.add(one.at(later, source));
                continue;
            }
            later = source == Sample.TimeSource.READ ? timeline.newest(one.local, later.time())
                    : timeline.previous(one.local, later.time(), one.run == laterRun ? laterSequence - one.sequence : 0);
            laterRun = one.run;
            laterSequence = one.sequence;
            source = Sample.TimeSource.NEXT;
            settled.add(one.at(later, Sample.TimeSource.RECORD));
        }
        Collections.reverse(settled);
        for (int i = 0; i < settled.size(); i++) {
            samples(waiting.get(i).run).add(settled.get(i));
        }
        waiting.clear();
    }

    private List<Sample> samples(int run) {
        if (chapters.isEmpty() || chapters.get(chapters.size() - 1).run != run) {
            chapters.add(new Chapter(run, new ArrayList<>()));
        }
        return chapters.get(chapters.size() - 1).samples;
    }

    /** Hands over what is written since the last call. */
    List<Chapter> take() {
        List<Chapter> written = chapters;
        chapters = new ArrayList<>();
        return written;
    }
}
