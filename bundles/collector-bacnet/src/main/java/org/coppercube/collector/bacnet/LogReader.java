// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.coppercube.api.collect.LogState;

/**
 * Reads from one log what the archive does not have yet, in the way in which its device gives it: by sequence numbers
 * where it can, else by time or by position. The way that worked is kept until the log is described again, or the way
 * fails. Belongs to the loop.
 */
final class LogReader {
    private final Means means;
    private final Contact contact;
    private final List<CollectedLog> logs;
    private final Ledger ledger;
    private final LogBuffer buffer;
    private final LogState.Mode mode;

    /**
     * @param logs the series of the log object that are wanted
     * @param ledger of some or all of them
     */
    LogReader(Means means, Contact contact, List<CollectedLog> logs, Ledger ledger) {
        this.means = means;
        this.contact = contact;
        this.logs = logs;
        this.ledger = ledger;
        this.buffer = new LogBuffer(means.requests(), contact, logs.get(0).object());
        this.mode = logs.get(0).mode();
    }

    /** Completed when all that the device held is aboard; fails when it cannot be read. */
    CompletableFuture<Void> read(Counts counts) {
        CompletableFuture<Void> reading =
                mode == LogState.Mode.SEQUENCE || mode == null && counts.areNumbered() ? bySequence(counts)
                        : byPlace(counts);
        return reading.whenComplete((done, failure) -> {
            if (failure != null && LogBuffer.isAboutRecords(Failures.cause(failure))) {
                readBy(null);
            }
        });
    }

    private CompletableFuture<Void> bySequence(Counts counts) {
        SequenceReader reader = new SequenceReader(means, contact, buffer, ledger);
        return reader.read(counts).handle((done, failure) -> {
            if (failure == null) {
                readBy(reader.hasWorked() ? LogState.Mode.SEQUENCE : mode);
                return CompletableFuture.completedFuture(done);
            }
            IOException cause = LogBuffer.aboutRecords(failure);
            return reader.hasWorked() || mode != null ? CompletableFuture.<Void>failedFuture(cause)
                    : byPlace(counts).exceptionallyCompose(other -> CompletableFuture.failedFuture(
                            LogBuffer.isAboutRecords(Failures.cause(other)) ? cause : other));
        }).thenCompose(step -> step);
    }

    private CompletableFuture<Void> byPlace(Counts counts) {
        PlaceReader reader = new PlaceReader(buffer, ledger, counts.held(), mode != LogState.Mode.POSITION);
        return reader.read().thenRun(() -> readBy(reader.isByTime() ? LogState.Mode.TIME : LogState.Mode.POSITION));
    }

    private void readBy(LogState.Mode mode) {
        logs.forEach(log -> log.readBy(mode));
    }
}
