// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.exchange.Requests;
import org.coppercube.collector.bacnet.message.Damaged;
import org.coppercube.collector.bacnet.message.Failures;
import org.coppercube.collector.bacnet.message.LogRecords;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Refused;

/**
 * The records that a log object holds, asked for as many at a time as the device gives in one answer. Belongs to the
 * loop.
 */
public final class LogBuffer {
    static final long ANY = LogRecords.UNTOLD;
    private static final int MOST_IN_VAIN = 100; // about so many more questions than those that brought records

    private final Requests requests;
    private final Contact contact;
    private final ObjectId log;
    private int count;
    private int inVain;

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

    /** The device gave only so many, as that is what fits into its answers. */
    void gaveOnly(int records) {
        contact.refusedRecords(log.type(), 2 * records);
        count = records;
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
        return understood(first, range.apply(asked), asked).handle((records, failure) -> {
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

    /** What cannot be understood must come twice, and be the same. */
    private CompletableFuture<LogRecords> understood(long first, Questions.Question question, int asked) {
        return ask(first, question, asked).thenCompose(records -> records.areUnderstood()
                ? CompletableFuture.completedFuture(records) : ask(first, question, asked).thenCompose(again ->
                        again.equals(records) ? CompletableFuture.completedFuture(records)
                                : failed("a record that cannot be understood is another each time")));
    }

    /** Asks for records once; no more when too many questions were in vain in this visit. */
    CompletableFuture<LogRecords> ask(long first, Questions.Question question, int asked) {
        if (inVain > MOST_IN_VAIN) {
            return failed("it has given no records in answer to too many questions");
        }
        inVain++;
        return requests.ask(contact, question).thenApply(answer -> {
            try {
                LogRecords records = LogRecords.read(answer, log, asked);
                if (records.first() != ANY && records.first() < first) {
                    throw another(records.first(), first);
                }
                inVain = records.records().isEmpty() ? inVain : Math.max(0, inVain - 2);
                return records;
            } catch (ProtocolException e) {
                throw new CompletionException(
                        e instanceof Damaged ? e : new Damaged(e.getMessage(), answer.hex(), null));
            }
        });
    }

    /** Asks for a single record once; fails if the answer is without it. */
    CompletableFuture<LogRecords> single(long first, Questions.Question question) {
        return ask(first, question, 1).thenCompose(records -> records.records().isEmpty()
                ? CompletableFuture.failedFuture(none(first))
                : records.first() == first || first == ANY ? CompletableFuture.completedFuture(records)
                        : CompletableFuture.failedFuture(another(records.first(), first)));
    }

    /** An answer begins with another record. */
    static ProtocolException another(long first, long asked) {
        return new ProtocolException("it begins at record " + first + " where " + asked + " was asked for");
    }

    /** An answer that should be there has no record. */
    static ProtocolException none(long first) {
        return new ProtocolException("it counts record " + first + " and does not give it");
    }

    private static CompletableFuture<LogRecords> failed(String why) {
        return CompletableFuture.failedFuture(new ProtocolException(why));
    }

    /** Why records could not be had though others perhaps can; any other failure goes on being thrown. */
    public static IOException aboutRecords(Throwable failure) {
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
