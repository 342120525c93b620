// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;

/**
 * The records that a log object holds, asked for as many at a time as the device gives in one answer. Belongs to the
 * loop.
 */
final class LogBuffer {
    static final long ANY = LogRecords.UNTOLD;

    private final Requests requests;
    private final Contact contact;
    private final ObjectId log;
    private int count;

    LogBuffer(Requests requests, Contact contact, ObjectId log) {
        this.requests = requests;
        this.contact = contact;
        this.log = log;
        this.count = contact.mostRecords(log.type());
    }

    ObjectId log() {
        return log;
    }

    /** How many it asks for at a time at present. */
    int count() {
        return count;
    }

    /** Asks for one at a time next, and then for more again. */
    void beginWithOne() {
        count = 1;
    }

    /**
     * Asks for records; for half as many where the device refuses or its answer cannot be read, down to one.
     *
     * @param first sequence number of the first that is wanted; {@link #ANY} where they are not asked for by numbers
     * @param range makes the question for a number of records
     * @return fails when a single one cannot be had either
     */
    CompletableFuture<LogRecords> read(long first, IntFunction<Questions.Question> range) {
        int asked = count;
        return ask(first, range.apply(asked), asked).handle((records, failure) -> {
            if (failure == null) {
                count = Math.min(contact.mostRecords(log.type()), 2 * count);
                return CompletableFuture.completedFuture(records);
            }
            IOException cause = aboutRecords(failure);
            if (asked == 1) {
                contact.forgetRefusals(log.type()); // it was not their number
                return CompletableFuture.<LogRecords>failedFuture(cause);
            }
            boolean tooMuch = cause instanceof Refused refused && refused.mayBeTooMuch();
            if (tooMuch) {
                contact.refusedRecords(log.type(), asked);
            }
            count = tooMuch || cause instanceof ProtocolException ? asked / 2 : 1;
            return read(first, range);
        }).thenCompose(step -> step);
    }

    /** Asks for records once. */
    CompletableFuture<LogRecords> ask(long first, Questions.Question question, int asked) {
        return requests.ask(contact, question).thenApply(answer -> {
            try {
                LogRecords records = LogRecords.read(answer, log, asked);
                if (records.first() != ANY && records.first() < first) {
                    throw new ProtocolException(
                            "it begins at record " + records.first() + " where " + first + " was asked for");
                }
                return records;
            } catch (ProtocolException e) {
                throw new CompletionException(e);
            }
        });
    }

    /** Whether a single record can be had. */
    CompletableFuture<Boolean> gives(long first, Questions.Question question) {
        return ask(first, question, 1).handle((records, failure) -> {
            if (failure == null) {
                boolean asAsked = first == ANY || records.first() == first || records.first() == LogRecords.UNTOLD;
                return asAsked && !records.records().isEmpty();
            }
            aboutRecords(failure);
            return false;
        });
    }

    /** Why records could not be had though others perhaps can; any other failure goes on being thrown. */
    static IOException aboutRecords(Throwable failure) {
        IOException cause = Failures.io(failure);
        if (isAboutRecords(cause)) {
            return cause;
        }
        throw new CompletionException(cause);
    }

    /** Whether this is why records could not be had though others perhaps can. */
    static boolean isAboutRecords(Throwable cause) {
        return cause instanceof ProtocolException || cause instanceof Refused refused && !refused.isUnknownObject();
    }
}
