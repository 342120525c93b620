// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.message.LogRecord;

/** How far one series has got: the archive's resume point, and what was read since. Belongs to the loop. */
final class Account {
    private static final double JITTER = 0.1; // of an interval; a restart comes anywhere between two records

    private final TrendLogId id;
    private final Transcript transcript;
    private int run;
    private long next; // first sequence number that is not accounted for
    private final Sample last; // of the archive's samples the newest that the device made
    private boolean begun; // whether the run has anything yet; what was overwritten before that is no loss
    private long ended; // the number after the last of the run before; 0 if it is closed

    Account(TrendLog log, Optional<ResumePoint> resume) {
        id = log.id();
        last = resume.flatMap(ResumePoint::last).orElse(null);
        run = resume.map(ResumePoint::run).orElse(1);
        next = resume.map(at -> at.sequence() + 1).orElse(1L);
        begun = resume.isPresent();
        long interval = log.interval().toMillis() / 10;
        Timeline timeline = last == null ? new Timeline(log.timeZone(), interval, Long.MIN_VALUE, 0)
                : new Timeline(log.timeZone(), interval, last.time(), last.sequence());
        transcript = new Transcript(log.timeZone(), timeline, run);
    }

    TrendLogId id() {
        return id;
    }

    boolean isBegun() {
        return begun;
    }

    long next() {
        return next;
    }

    /** Of the samples archived before, the newest that the device made; null if there is none. */
    Sample last() {
        return last;
    }

    /**
     * Whether the archive's last sample is this record: they show the same time, or both none, and the same reading;
     * for a device without a clock of its own shows the same times after every start.
     */
    boolean isLast(LogRecord record) {
        boolean stamped = last.timeSource() == Sample.TimeSource.RECORD;
        boolean sameTime = record.time() == null ? !stamped : stamped && shown(last) == WallClock.shown(record.time());
        return sameTime && isSame(last.reading(), record.of(id.member()));
    }

    /**
     * Whether this record, under the number of the archive's last sample, is surely another: of what cannot be
     * understood only the time can tell.
     */
    boolean isOther(LogRecord record) {
        if (!(last.reading() instanceof Reading.Undecodable || record.of(id.member()) instanceof Reading.Undecodable)) {
            return !isLast(record);
        }
        return record.time() != null && last.timeSource() == Sample.TimeSource.RECORD
                && shown(last) != WallClock.shown(record.time());
    }

    /** What the device's clock showed. */
    static long shown(Sample sample) {
        return sample.time() + sample.offset() * 6_000L;
    }

    /** By the bytes where there are some, for a newer decoder may have made more of them. */
    private static boolean isSame(Reading archived, Reading read) {
        if (archived instanceof Reading.Any was && read instanceof Reading.Any is) {
            return was.raw().equals(is.raw());
        }
        if (archived instanceof Reading.Event was && read instanceof Reading.Event is) {
            return was.raw().equals(is.raw());
        }
        return archived instanceof Reading.Undecodable && !(read instanceof Reading.Undecodable)
                || archived.equals(read);
    }

    /** The run begins with this number: nothing is lost before it. */
    void begin(long first) {
        next = first;
    }

    /** The device counts anew, from this number on: what comes belongs to the next run. */
    void restart(long first) {
        if (ended == 0) {
            ended = next;
            run++;
        }
        next = first;
    }

    /** The device has given our last record another number: what comes from this one on belongs to the next run. */
    void renumber(long first) {
        run += ended == 0 ? 1 : 0;
        ended = 0;
        transcript.open(run);
        next = first;
    }

    /** The numbers go on at 1, after the last that there can be: so does the history, in the next run. */
    void wrap() {
        if (begun && next <= Counts.LAST_NUMBER) {
            transcript.gap(next, Counts.LAST_NUMBER - next + 1, Reading.Gap.Cause.WRAP);
        }
        transcript.open(++run);
        next = 1;
    }

    /** How many records are likely to be missing before this one where they have no numbers: at least one. */
    long missingBefore(LogRecord record) {
        return Math.max(1, Math.min(transcript.intervalsTo(record, 0.5) - 1, Counts.LAST_NUMBER - next));
    }

    /** Goes on with these records; so many numbers before them are missing. */
    void write(long missing, Reading.Gap.Cause cause, List<LogRecord> records) {
        if (ended > 0) {
            close(records, next + missing);
        }
        if (missing > 0) {
            transcript.gap(next, missing, cause);
        }
        next += missing;
        begun = true;
        for (LogRecord record : records) {
            if (next > Counts.LAST_NUMBER) { // one of ours, where the device has none
                wrap();
            }
            transcript.record(next++, record.time(), record.flags(), record.of(id.member()));
        }
    }

    /**
     * What the ended run had made and nobody read shows only in the times: a log with an interval has made a record at
     * each until the next run's first.
     *
     * @param records the first that were read of the next run
     * @param number of the first of them
     */
    private void close(List<LogRecord> records, long number) {
        long made = records.isEmpty() ? 0 : transcript.intervalsTo(records.get(0), JITTER);
        long unread = Math.min(made - transcript.since(ended) - number, Counts.LAST_NUMBER - ended + 1);
        if (unread > 0) {
            transcript.gap(ended, unread, Reading.Gap.Cause.SEQUENCE_RESET);
        }
        transcript.open(run);
        ended = 0;
    }

    /** Goes on without a record that cannot be read; so many numbers before it are missing. */
    void pass(long missing, Reading.Gap.Cause cause) {
        write(missing, cause, List.of());
        write(1, Reading.Gap.Cause.UNDECODABLE, List.of());
    }

    /** Nothing comes any more. */
    void end() {
        transcript.end(Instant.now());
    }

    /** Hands over what is written since the last call. */
    List<Transcript.Chapter> take() {
        return transcript.take();
    }
}
