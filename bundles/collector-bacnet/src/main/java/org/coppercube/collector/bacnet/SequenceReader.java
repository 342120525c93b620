// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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
    private boolean hasWorked;
    private int surprises;
    private int bad;

    SequenceReader(Means means, Contact contact, LogBuffer buffer, Ledger ledger) {
        this.means = means;
        this.contact = contact;
        this.buffer = buffer;
        this.ledger = ledger;
        this.numbers = new Numbering(buffer, ledger);
        this.doubt = new Doubt(number -> buffer.single(number, Questions.bySequence(buffer.log(), number, 1)));
    }

    /** Whether the device has given a record by its number. */
    boolean hasWorked() {
        return hasWorked;
    }

    /** Completed when all that the device held is aboard; fails when it cannot be read. */
    CompletableFuture<Void> read(Counts counts) {
        return numbers.counted(counts).thenCompose(done -> more());
    }

    private CompletableFuture<Void> more() {
        if (numbers.isAtEnd()) {
            return ledger.end();
        }
        long first = numbers.first();
        return buffer.read(first, count -> Questions.bySequence(buffer.log(), first, count))
                .handle((answer, failure) ->
                        failure == null ? take(answer, first) : endure(LogBuffer.aboutRecords(failure), first))
                .thenCompose(step -> step).thenCompose(done -> more());
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
            return surprised(first);
        }
        if (numbers.isProving() && number == first) {
            if (!ledger.isLast(records.get(0))) {
                return numbers.countedAnew();
            }
            records = records.subList(1, records.size());
            number++;
        }
        numbers.proved();
        if (!ledger.isBegun()) {
            ledger.begin(number);
        }
        List<LogRecord> counted = records.subList(0, (int) Math.min(records.size(), numbers.last() - number + 1));
        if (counted.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        long missing = number - ledger.next();
        return missing > 0 && isOlder(counted.get(0)) ? numbers.isRenumbered().thenCompose(
                is -> is ? CompletableFuture.completedFuture(null) : write(missing, counted)) : write(missing, counted);
    }

    private CompletableFuture<Void> write(long missing, List<LogRecord> records) {
        surprises = 0;
        return ledger.write(missing, numbers.isWrapping(), records);
    }

    /** Whether it is no newer than the last, though its number says that others were made in between. */
    private boolean isOlder(LogRecord record) {
        return record.time() != null && ledger.lastTime().filter(last -> !record.time().isAfter(last)).isPresent();
    }

    private CompletableFuture<Void> endure(IOException cause, long first) {
        if (numbers.isProving()) {
            numbers.proved(); // it cannot be compared
            return CompletableFuture.completedFuture(null);
        }
        return pass(cause, first, numbers.neighbours(first));
    }

    /** Goes on without it if it is bad. */
    private CompletableFuture<Void> pass(IOException cause, long first, List<Long> neighbours) {
        return doubt.isBad(first, neighbours, cause).thenCompose(is -> {
            if (!is) {
                return ++surprises > MOST_SURPRISES ? CompletableFuture.failedFuture(cause)
                        : CompletableFuture.completedFuture(null);
            }
            hasWorked = true;
            if (!ledger.isBegun()) {
                ledger.begin(first);
            }
            if (cause instanceof Damaged damaged && damaged.record() != null) {
                return write(first - ledger.next(), List.of(damaged.record()));
            }
            surprises = 0;
            ledger.pass(first - ledger.next(), numbers.isWrapping());
            return ++bad < MOST_BAD ? CompletableFuture.completedFuture(null)
                    : ledger.end().thenCompose(done -> CompletableFuture.failedFuture(cause));
        });
    }

    /** The device has no such record: the oldest has gone since it was counted, so it is counted again. */
    private CompletableFuture<Void> surprised(long first) {
        if (surprises > 0) {
            buffer.beginWithOne();
        }
        if (++surprises > MOST_SURPRISES) {
            numbers.proved();
            return pass(LogBuffer.none(first), first, numbers.later(first));
        }
        return means.properties().read(contact, Counts.refs(buffer.log())).thenCompose(told -> {
            try {
                return numbers.counted(Counts.of(buffer.log(), told));
            } catch (ProtocolException e) {
                return CompletableFuture.failedFuture(e);
            }
        });
    }
}
