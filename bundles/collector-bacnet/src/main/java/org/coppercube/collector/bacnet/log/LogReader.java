// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.coppercube.api.collect.LogState;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.message.Failures;
import org.coppercube.collector.bacnet.message.Refused;

/**
 * Reads from one log what the archive does not have yet, in the way in which its device gives it: by sequence numbers
 * where it can, else by time or by position. A log that was read by its numbers, or of which the archive has some and
 * nobody knows how they were read, is only read in another way when its device says over and over that it has no
 * numbers: nonsense is over some day, and then its numbers are good still. Belongs to the loop.
 */
public final class LogReader {
    private static final int TRIALS = 3;

    private final Means means;
    private final Contact contact;
    private final List<CollectedLog> logs;
    private final Ledger ledger;
    private final LogBuffer buffer;
    private final LogState.Mode mode;
    private final boolean begun; // the archive has something of it
    private final boolean proofDue;

    /**
     * @param logs the series of the log object that are wanted
     * @param ledger of some or all of them
     */
    public LogReader(Means means, Contact contact, List<CollectedLog> logs, Ledger ledger) {
        this.means = means;
        this.contact = contact;
        this.logs = logs;
        this.ledger = ledger;
        this.buffer = new LogBuffer(means.requests(), contact, logs.get(0).object());
        this.mode = logs.get(0).mode();
        this.begun = ledger.isBegun();
        this.proofDue = logs.stream().anyMatch(log -> log.isProofDue(System.nanoTime()));
    }

    /** Completed when all that the device held is aboard; fails when it cannot be read. */
    public CompletableFuture<Void> read(Counts counts) {
        boolean numbered = mode == LogState.Mode.SEQUENCE;
        CompletableFuture<Void> reading = numbered || mode == null && (begun || counts.areNumbered())
                ? bySequence(counts, List.of()) : byPlace(counts);
        return reading.whenComplete((done, failure) -> {
            if (failure == null && proofDue) {
                logs.forEach(CollectedLog::proved);
            } else if (failure != null && !numbered && LogBuffer.isAboutRecords(Failures.cause(failure))) {
                readBy(null);
            }
        });
    }

    /** @param before why it could not be read when it was tried before in this visit */
    private CompletableFuture<Void> bySequence(Counts counts, List<IOException> before) {
        SequenceReader reader = new SequenceReader(means, contact, buffer, ledger, proofDue);
        return reader.read(counts).handle((done, failure) -> {
            if (failure == null) {
                readBy(reader.hasWorked() ? LogState.Mode.SEQUENCE : mode);
                return CompletableFuture.completedFuture(done);
            }
            IOException cause = LogBuffer.aboutRecords(failure);
            if (reader.hasWorked() || !isNumberless(cause, counts, before)) {
                return CompletableFuture.<Void>failedFuture(cause);
            }
            List<IOException> causes = Stream.concat(before.stream(), Stream.of(cause)).toList();
            return isNew() || causes.size() == TRIALS ? insteadByPlace(counts, cause)
                    : Counts.ask(means, contact, buffer.log()).thenCompose(again -> bySequence(again, causes));
        }).thenCompose(step -> step);
    }

    /** Whether nothing is known of it: then nothing is lost or doubled if another way of reading it is tried at once. */
    private boolean isNew() {
        return mode == null && !begun;
    }

    /**
     * Whether its device may have no numbers for its records, and says the same as before. Of one that had some, only a
     * clear word is believed; how another log of the archive was read is not known any more.
     */
    private boolean isNumberless(IOException cause, Counts counts, List<IOException> before) {
        boolean clear = counts.refused() || cause instanceof Refused refused && refused.isClear();
        return (mode == null || clear) && before.stream().allMatch(one -> Doubt.isSame(one, cause));
    }

    private CompletableFuture<Void> insteadByPlace(Counts counts, IOException cause) {
        return byPlace(counts).exceptionallyCompose(other -> CompletableFuture.failedFuture(
                LogBuffer.isAboutRecords(Failures.cause(other)) ? cause : other));
    }

    private CompletableFuture<Void> byPlace(Counts counts) {
        PlaceReader reader = new PlaceReader(buffer, ledger, counts.held(), mode != LogState.Mode.POSITION);
        return reader.read().thenRun(() -> readBy(reader.isByTime() ? LogState.Mode.TIME : LogState.Mode.POSITION));
    }

    private void readBy(LogState.Mode mode) {
        logs.forEach(log -> log.readBy(mode));
    }
}
