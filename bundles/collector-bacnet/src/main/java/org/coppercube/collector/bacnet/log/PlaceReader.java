// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.coppercube.collector.bacnet.message.Damaged;
import org.coppercube.collector.bacnet.message.LogRecord;
import org.coppercube.collector.bacnet.message.Questions;

/**
 * Reads a log whose records have no numbers, and numbers them itself. It finds the last record that is accounted for
 * again and goes on behind it: by its time where the device answers by time; else, or where the device's clock went
 * back, by looking through the buffer. Where that record is gone, others are missing too; how many is estimated from
 * the times. Belongs to the loop.
 */
final class PlaceReader {
    private static final int MOST_SURPRISES = 3;

    private final LogBuffer buffer;
    private final Ledger ledger;
    private final PlaceSearch search;
    private final Doubt doubt;
    private final long held;
    private boolean byTime;
    private boolean timeProved; // the device has just found the last record by its time
    private LogRecord newest; // when the reading began; null if it cannot be read
    private boolean reached; // that one is accounted for
    private long place; // where in the buffer the last record accounted for is, or was; 0 before the first
    private boolean sure; // it can be recognised there
    private boolean lost; // it was nowhere
    private boolean missing; // the next record does not follow it
    private long written;
    private int surprises;

    /** @param byTime whether the device may be asked by time */
    PlaceReader(LogBuffer buffer, Ledger ledger, long held, boolean byTime) {
        this.buffer = buffer;
        this.ledger = ledger;
        this.held = held;
        this.byTime = byTime;
        this.search = new PlaceSearch(buffer, ledger);
        this.doubt = new Doubt(index -> buffer.single(LogBuffer.ANY, question(index, 1)));
    }

    /** Whether the device finds records by their times. */
    boolean isByTime() {
        return byTime;
    }

    private Questions.Question question(long index, int count) {
        return Questions.byPosition(buffer.log(), index, count);
    }

    /** Completed when all that the device held is aboard; fails when it cannot be read. */
    CompletableFuture<Void> read() {
        if (held == 0) {
            return ledger.end();
        }
        return buffer.ask(LogBuffer.ANY, question(held, 1), 1).handle((answer, failure) -> {
            if (failure != null) {
                LogBuffer.aboutRecords(failure);
            } else if (answer.records().size() == 1) {
                newest = answer.records().get(0);
            }
            return begin();
        }).thenCompose(step -> step);
    }

    private CompletableFuture<Void> begin() {
        if (!ledger.isBegun()) {
            ledger.begin(1);
            return forward();
        }
        if (!ledger.hasLast()) {
            return nowhere();
        }
        reached = newest != null && ledger.sinceLast() == 0 && ledger.isLast(newest);
        return reached ? ledger.end() : byTime() ? time() : search(held);
    }

    private boolean byTime() {
        byTime &= ledger.lastTime().isPresent();
        return byTime;
    }

    /** The last record is newer than the time just before its own, so the answer is to begin with it. */
    private CompletableFuture<Void> time() {
        return buffer.read(LogBuffer.ANY, count -> Questions.byTime(buffer.log(),
                        ledger.lastTime().orElseThrow().minusNanos(10_000_000), count))
                .handle((answer, failure) -> {
                    if (failure != null) {
                        LogBuffer.aboutRecords(failure);
                    }
                    List<LogRecord> records = failure == null ? answer.records() : List.of();
                    int found = ledger.findLast(records);
                    timeProved = found >= 0;
                    byTime = failure == null && (timeProved || !reached);
                    List<LogRecord> rest = timeProved ? unread(records.subList(found + 1, records.size())) : List.of();
                    if (rest.isEmpty()) {
                        return reached ? ledger.end() : search(held);
                    }
                    reached |= rest.contains(newest);
                    return write(rest).thenCompose(done -> byTime() ? time() : search(held));
                }).thenCompose(step -> step);
    }

    /** Of the records behind the last one, those that are not accounted for without having been read. */
    private List<LogRecord> unread(List<LogRecord> behind) {
        return behind.subList((int) Math.min(ledger.sinceLast(), behind.size()), behind.size());
    }

    private CompletableFuture<Void> search(long from) {
        return search.from(from).thenCompose(found -> {
            if (found.isEmpty()) {
                return nowhere();
            }
            List<LogRecord> rest = unread(found.get().behind());
            place = found.get().place() + ledger.sinceLast();
            sure = ledger.sinceLast() == 0;
            return writeOn(rest);
        });
    }

    /** All that the device holds is new. */
    private CompletableFuture<Void> nowhere() {
        if (lost) {
            return failed("its records change while they are read");
        }
        lost = true;
        missing = true;
        place = 0;
        sure = false;
        return forward();
    }

    /** Reads on behind the place; from the record there where that can prove that the buffer has not moved on. */
    private CompletableFuture<Void> forward() {
        if (place >= held) {
            reached = true;
            return timeProved || !byTime() ? ledger.end() : time();
        }
        boolean overlaps = sure && buffer.count() > 1;
        long first = overlaps ? place : place + 1;
        return buffer.read(LogBuffer.ANY, count -> question(first, count)).handle((answer, failure) -> {
            if (failure != null) {
                return pass(LogBuffer.aboutRecords(failure), first);
            }
            List<LogRecord> records = answer.records();
            if (records.isEmpty()) {
                return failed("it counts " + held + " records and does not give the one at " + first);
            }
            if (overlaps && records.size() == 1) {
                buffer.beginWithOne(); // two do not fit into one answer
            }
            if (overlaps) {
                return ledger.isLast(records.get(0)) ? writeOn(records.subList(1, records.size())) : search(place);
            }
            return sure ? unmoved().thenCompose(still -> still ? writeOn(records) : search(place)) : writeOn(records);
        }).thenCompose(step -> step);
    }

    private CompletableFuture<Boolean> unmoved() {
        return buffer.ask(LogBuffer.ANY, question(place, 1), 1).handle((answer, failure) -> {
            if (failure == null) {
                return ledger.findLast(answer.records()) == 0;
            }
            IOException cause = LogBuffer.aboutRecords(failure);
            if (ledger.isLast(cause)) {
                return true;
            }
            throw new CompletionException(cause);
        });
    }

    private CompletableFuture<Void> writeOn(List<LogRecord> records) {
        place += records.size();
        sure |= !records.isEmpty();
        return write(records).thenCompose(done -> forward());
    }

    private CompletableFuture<Void> write(List<LogRecord> records) {
        written += records.size();
        if (written > 2 * held + 1_000) {
            return failed("it counts " + held + " records and gives more and more");
        }
        long before = missing && !records.isEmpty() ? ledger.missingBefore(records.get(0)) : 0;
        missing &= records.isEmpty();
        return ledger.write(before, false, records);
    }

    private CompletableFuture<Void> pass(IOException cause, long index) {
        if (index == place) {
            sure = false; // it cannot be compared
            return forward();
        }
        List<Long> neighbours = LongStream.of(index + 1, index + 8, held, index - 1)
                .filter(one -> one >= 1 && one <= held && one != index).boxed().toList();
        return doubt.isBad(index, neighbours, cause).thenCompose(bad -> {
            if (!bad) {
                return ++surprises > MOST_SURPRISES ? CompletableFuture.failedFuture(cause) : forward();
            }
            place = index;
            sure = false;
            if (cause instanceof Damaged damaged && damaged.record() != null) {
                return write(List.of(damaged.record())).thenCompose(done -> forward());
            }
            ledger.pass(missing ? 1 : 0, false);
            missing = false;
            return forward();
        });
    }

    private static CompletableFuture<Void> failed(String why) {
        return CompletableFuture.failedFuture(new ProtocolException(why));
    }
}
