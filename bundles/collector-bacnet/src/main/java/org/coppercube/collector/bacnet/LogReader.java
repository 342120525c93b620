// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.net.ProtocolException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;

/**
 * Reads from one log what the archive does not have yet, by sequence number. The last record that the archive has is
 * read once more where the device still holds it: if it is another one now, the log has begun anew, and so does the
 * run. Belongs to the loop.
 */
final class LogReader {
    private static final int MOST_SURPRISES = 3;

    private final Means means;
    private final Contact contact;
    private final CollectedLog log;
    private final Freight freight;
    private Counts counts;
    private Transcript transcript;
    private int run;
    private boolean begun; // whether the run has anything yet; what was overwritten before that is no loss
    private long next; // first sequence number that the archive does not account for
    private Sample last; // the archive's sample at next - 1, until it has been compared
    private int count;
    private int surprises;

    LogReader(Means means, Contact contact, CollectedLog log, Counts counts, Optional<ResumePoint> resume,
            Freight freight) {
        this.means = means;
        this.contact = contact;
        this.log = log;
        this.counts = counts;
        this.freight = freight;
        this.count = contact.mostRecords();
        this.run = resume.map(ResumePoint::run).orElse(1);
        this.begun = resume.isPresent();
        this.next = resume.map(at -> at.sequence() + 1).orElse(0L);
        Optional<Sample> newest = resume.flatMap(ResumePoint::last);
        this.last = newest.filter(sample -> sample.sequence() == next - 1 && !isBlank(sample)).orElse(null);
        this.transcript = new Transcript(means.zone(), newest.map(Sample::time).orElse(Long.MIN_VALUE));
    }

    /** Whether it stands for a record that nobody has seen. */
    private static boolean isBlank(Sample sample) {
        return sample.reading() instanceof Reading.Undecodable damaged && damaged.raw().isEmpty();
    }

    /** Completed when all that the device held is aboard; fails when it cannot be read. */
    CompletableFuture<Void> read() {
        return counted().thenCompose(done -> more());
    }

    /** The device has been asked for its counts: numbers below ours mean that the log has begun anew. */
    private CompletableFuture<Void> counted() {
        return begun && counts.held() > 0 && counts.total() < next - 1 ? beginAnew()
                : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> beginAnew() {
        transcript.end(Instant.now());
        List<Sample> rest = transcript.take();
        int ended = run++;
        begun = false;
        last = null;
        transcript = new Transcript(means.zone(), Long.MIN_VALUE);
        return freight.add(id(), ended, rest);
    }

    private CompletableFuture<Void> more() {
        if (!begun) {
            next = counts.oldest();
        }
        if (counts.held() == 0 || counts.total() < next) {
            transcript.end(Instant.now());
            return freight.add(id(), run, transcript.take());
        }
        if (last != null && next - 1 < counts.oldest()) {
            last = null;
        }
        long first = last != null ? next - 1 : Math.max(next, counts.oldest());
        int asked = count;
        return means.requests().ask(contact, Questions.readRecords(log.object(), first, asked))
                .handle((answer, failure) ->
                        failure == null ? take(answer, first, asked) : endure(failure, first, asked))
                .thenCompose(step -> step).thenCompose(done -> more());
    }

    private CompletableFuture<Void> take(Part answer, long first, int asked) {
        LogRecords read;
        try {
            read = LogRecords.read(answer, log.object(), first, asked);
            if (read.first() < first) {
                throw new ProtocolException(
                        "it begins at record " + read.first() + " where " + first + " was asked for");
            }
        } catch (ProtocolException e) {
            return asked == 1 ? failed("its answer cannot be used: " + e.getMessage()) : fewer(asked);
        }
        if (read.records().isEmpty() || read.first() > counts.total()) {
            return surprised(first);
        }
        surprises = 0;
        List<LogRecord> records = counted(read);
        long sequence = read.first();
        if (last != null && sequence == next - 1) {
            if (!isSame(last, records.get(0))) {
                return beginAnew();
            }
            records = records.subList(1, records.size());
            sequence++;
        }
        last = null;
        count = Math.min(contact.mostRecords(), 2 * count);
        write(sequence, records);
        return freight.add(id(), run, transcript.take());
    }

    /** What the device has not counted yet comes the next time; else its count could be below ours then. */
    private List<LogRecord> counted(LogRecords read) {
        long atMost = counts.total() - read.first() + 1;
        return read.records().subList(0, (int) Math.min(read.records().size(), atMost));
    }

    private void write(long sequence, List<LogRecord> records) {
        if (begun && sequence > next && !records.isEmpty()) {
            boolean purged = records.get(0).reading() instanceof Reading.LogStatus status && status.bufferPurged();
            transcript.gap(next, sequence - next, purged ? Reading.Gap.Cause.PURGE : Reading.Gap.Cause.OVERFLOW);
        }
        begun = true;
        next = sequence;
        for (LogRecord record : records) {
            transcript.record(next++, record);
        }
    }

    /**
     * Whether the archive's sample is this record: they show the same time, or both none, and the same reading; for a
     * device without a clock of its own shows the same times after every start.
     */
    private static boolean isSame(Sample sample, LogRecord record) {
        boolean stamped = sample.timeSource() == Sample.TimeSource.RECORD;
        boolean sameTime = record.time() == null ? !stamped
                : stamped && sample.time() + sample.offset() * 6_000L == WallClock.shown(record.time());
        boolean learnt = sample.reading() instanceof Reading.Undecodable
                && !(record.reading() instanceof Reading.Undecodable); // by a newer decoder
        return sameTime && (learnt || sample.reading().equals(record.reading()));
    }

    private CompletableFuture<Void> endure(Throwable failure, long first, int asked) {
        IOException cause = Failures.io(failure);
        if (cause instanceof Refused refused && refused.mayBeTooMuch()) {
            if (asked > 1) {
                contact.refusedRecords(asked);
                return fewer(asked);
            }
            if (refused.isTooLong()) { // a record that fits into no datagram
                last = null;
                contact.accepts(contact.maxApdu()); // it was not their number
                if (first >= next) {
                    write(first, List.of(new LogRecord(null, 0, new Reading.Undecodable(""))));
                }
                return CompletableFuture.completedFuture(null);
            }
        }
        return cause instanceof ProtocolException && asked > 1 ? fewer(asked) : CompletableFuture.failedFuture(cause);
    }

    private CompletableFuture<Void> fewer(int asked) {
        count = asked / 2;
        return CompletableFuture.completedFuture(null);
    }

    /** The device has no such record: the oldest has gone since it was counted, so it is counted again. */
    private CompletableFuture<Void> surprised(long first) {
        if (++surprises > MOST_SURPRISES) {
            return failed("it counts " + counts.held() + " records up to " + counts.total() + " and does not give "
                    + first);
        }
        return means.properties().read(contact, Counts.refs(log.object())).thenCompose(told -> {
            try {
                counts = Counts.of(log.object(), told);
            } catch (ProtocolException e) {
                return CompletableFuture.failedFuture(e);
            }
            return counted();
        });
    }

    private static CompletableFuture<Void> failed(String why) {
        return CompletableFuture.failedFuture(new ProtocolException(why));
    }

    private TrendLogId id() {
        return log.description().id();
    }
}
