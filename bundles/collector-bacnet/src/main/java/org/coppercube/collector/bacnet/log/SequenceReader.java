// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.message.Damaged;
import org.coppercube.collector.bacnet.message.LogRecord;
import org.coppercube.collector.bacnet.message.LogRecords;
import org.coppercube.collector.bacnet.message.Questions;

/**
 * Reads a log by the device's own sequence numbers. The last record that the archive has is read once more where the
 * device still holds it: if it is another one now, the device counts anew, and so do we in the next run. Belongs to the
 * loop.
 */
final class SequenceReader {
    private static final int MOST_SURPRISES = 3;
    private static final int MOST_BAD = 100;

    private final Means means;
    private final Contact contact;
    private final LogBuffer buffer;
    private final Ledger ledger;
    private final Numbering numbers;
    private final Doubt doubt;
    private final MissingRecords missing;
    private boolean hasWorked;
    private int surprises;
    private int bad;

    /** @param proofDue whether the last record is to be read once more even if nothing is new */
    SequenceReader(Means means, Contact contact, LogBuffer buffer, Ledger ledger, boolean proofDue) {
        this.means = means;
        this.contact = contact;
        this.buffer = buffer;
        this.ledger = ledger;
        this.numbers = new Numbering(buffer, ledger, proofDue);
        this.doubt = new Doubt(number -> buffer.single(number, Questions.bySequence(buffer.log(), number, 1)));
        this.missing = new MissingRecords(ledger, numbers, doubt, this::recount);
    }

    /** Whether the device has given a record by its number. */
    boolean hasWorked() {
        return hasWorked;
    }

    /** Completed when all that the device held is aboard; fails when it cannot be read. */
    CompletableFuture<Void> read(Counts counts) {
        return numbers.counted(counts)
                .thenCompose(done -> numbers.beginsLate() ? recount() : done())
                .thenCompose(done -> {
                    numbers.beginsWith(counts.oldest());
                    CompletableFuture<Void> end = new CompletableFuture<>();
                    more(end);
                    return end;
                });
    }

    /** Step after step, none of which remembers the one before: there may be any number. */
    private void more(CompletableFuture<Void> end) {
        done().thenCompose(now -> numbers.isAtEnd() ? ledger.end().thenAccept(end::complete) : step()).whenComplete((done, failure) -> {
            if (failure != null) {
                end.completeExceptionally(failure);
            } else if (!end.isDone()) {
                more(end);
            }
        });
    }

    private CompletableFuture<Void> step() {
        long first = numbers.first();
        return buffer.read(first, count -> Questions.bySequence(buffer.log(), first, count))
                .handle((answer, failure) ->
                        failure == null ? take(answer, first) : endure(LogBuffer.aboutRecords(failure), first))
                .thenCompose(step -> step);
    }

    private CompletableFuture<Void> take(LogRecords answer, long first) {
        List<LogRecord> records = answer.records();
        boolean told = answer.first() != LogRecords.UNTOLD;
        if (!told && !records.isEmpty()) {
            return CompletableFuture.failedFuture(new ProtocolException("it does not number its records"));
        }
        hasWorked |= told;
        long number = told ? answer.first() : first;
        if (records.isEmpty() || number > numbers.last()) {
            return surprised(LogBuffer.none(first), first, false);
        }
        boolean isProof = numbers.isProving() && number == first;
        numbers.proved();
        if (isProof) {
            if (ledger.isOther(records.get(0))) {
                return numbers.doubted();
            }
            if (ledger.sinceLast() > 0) {
                return done(); // those behind it that could not be read are accounted for
            }
            records = records.subList(1, records.size());
            number++;
        }
        List<LogRecord> counted = records.subList(0, (int) Math.min(records.size(), numbers.last() - number + 1));
        return counted.isEmpty() ? done() : number == ledger.next() ? write(number, counted)
                : afterGap(number, counted, first);
    }

    private CompletableFuture<Void> afterGap(long number, List<LogRecord> records, long first) {
        return missing.areGoneBefore(number).thenCompose(are -> {
            if (!are) {
                return surprised(number > first ? LogBuffer.another(number, first) : new ProtocolException(
                        "it gives records before " + number + ", which it counts as its oldest"), first, true);
            }
            return isOlder(records.get(0)) ? numbers.isRenumbered().thenCompose(
                    is -> is ? done() : write(number, records)) : write(number, records);
        });
    }

    private CompletableFuture<Void> write(long number, List<LogRecord> records) {
        surprises = 0;
        if (!ledger.isBegun()) {
            ledger.begin(number);
        }
        return ledger.write(number - ledger.next(), numbers.isWrapping(), records);
    }

    private CompletableFuture<Void> recount() {
        return Counts.ask(means, contact, buffer.log()).thenCompose(numbers::counted);
    }

    /** Whether it is no newer than the last, though its number says that others were made in between. */
    private boolean isOlder(LogRecord record) {
        return record.time() != null && ledger.lastTime().filter(last -> !record.time().isAfter(last)).isPresent();
    }

    private CompletableFuture<Void> endure(IOException cause, long first) {
        if (numbers.isProving()) {
            numbers.proved(); // it cannot be compared
            return done();
        }
        return pass(cause, first, Doubt.neighbours(first, numbers.last()));
    }

    /** Goes on without it if it is bad. */
    private CompletableFuture<Void> pass(IOException cause, long first, List<Long> neighbours) {
        return doubt.isBad(first, neighbours, cause)
                .thenCompose(is -> is && first > ledger.next() ? missing.areGoneBefore(first)
                        : CompletableFuture.completedFuture(is))
                .thenCompose(is -> is ? pass(cause, first) : ++surprises > MOST_SURPRISES
                        ? CompletableFuture.failedFuture(cause) : done());
    }

    private CompletableFuture<Void> pass(IOException cause, long first) {
        hasWorked = true;
        if (cause instanceof Damaged damaged && damaged.record() != null) {
            return write(first, List.of(damaged.record()));
        }
        surprises = 0;
        if (!ledger.isBegun()) {
            ledger.begin(first);
        }
        ledger.pass(first - ledger.next(), numbers.isWrapping());
        return ++bad < MOST_BAD ? done() : ledger.end().thenCompose(ended -> CompletableFuture.failedFuture(cause));
    }

    /** The device does not give what it counts. If the oldest have gone meanwhile, it counts others now. */
    private CompletableFuture<Void> surprised(IOException cause, long first, boolean recounted) {
        if (surprises > 0) {
            buffer.beginWithOne();
        }
        if (++surprises <= MOST_SURPRISES) {
            return recounted ? done() : recount();
        }
        if (numbers.isProving()) {
            numbers.proved(); // it cannot be compared
            surprises = 0;
            return done();
        }
        return pass(cause, first, Doubt.later(first, numbers.last()));
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
