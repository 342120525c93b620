// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.constructed.ResultFlags;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.enumerated.RejectReason;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Deque;

/** ReadRange of log buffers (ASHRAE 135, 15.8): all, by position, by sequence number and by time. */
final class ReadRange implements Service {

    static final byte CHOICE = 26;

    private static final int LOG_BUFFER = PropertyIdentifier.logBuffer.intValue();
    private static final int FRAME = 20; // octets of an acknowledgement's parameters around its records, at most
    private static final int BY_POSITION = 3;
    private static final int BY_SEQUENCE_NUMBER = 6;
    private static final int BY_TIME = 7;

    /**
     * Record numbers asked for, the bounds included; empty when {@code first} is above {@code last}.
     *
     * @param backwards what does not fit is left out at the old end
     * @param numbered the acknowledgement names the first record's number
     */
    private record Range(long first, long last, boolean backwards, boolean numbered) {

        private static final Range NOTHING = new Range(1, 0, false, false);

        long size() {
            return Math.max(0, last - first + 1);
        }
    }

    @Override
    public void execute(TagReader in, Controller device, ByteQueue out, int room) throws BacnetError, Refusal {
        long object = in.context(0);
        int property = in.property(1);
        Long arrayIndex = in.optionalContext(2);
        BacnetObject<?> found = device.find(object).orElseThrow(BacnetError::unknownObject);
        if (property != LOG_BUFFER || !(found.owner() instanceof TrendLog log)) {
            found.read(property, arrayIndex, device.clock().now()); // tells first if there is no such property
            throw BacnetError.notAList();
        }
        if (arrayIndex != null) {
            throw BacnetError.notAnArray();
        }
        long now = device.clock().now();
        Range range = range(in, log, device.clock(), now);
        in.end();
        found.id().write(out, 0);
        new UnsignedInteger(property).write(out, 1);
        write(out, room, log, device.clock(), range, now);
    }

    private static Range range(TagReader in, TrendLog log, SimulatedClock clock, long now) throws Refusal {
        long oldest = log.oldest(now);
        long newest = log.newest(now);
        if (in.atEnd()) {
            return new Range(oldest, newest, false, false);
        }
        if (in.opens(BY_POSITION)) {
            long position = in.unsigned();
            return from(oldest + position - 1, count(in, BY_POSITION), oldest, newest, false);
        }
        if (in.opens(BY_SEQUENCE_NUMBER)) {
            long sequence = in.unsigned();
            return from(sequence, count(in, BY_SEQUENCE_NUMBER), oldest, newest, true);
        }
        in.open(BY_TIME);
        LocalDateTime wall = in.dateTime();
        long count = count(in, BY_TIME);
        long moment = clock.moment(wall);
        long next = count > 0 ? Math.max(oldest, log.firstAfter(moment)) : Math.min(newest, log.lastBefore(moment));
        return from(next, count, oldest, newest, true);
    }

    private static long count(TagReader in, int tag) throws Refusal {
        long count = in.signed();
        in.close(tag);
        if (count == 0) {
            throw Refusal.reject(RejectReason.parameterOutOfRange);
        }
        return count;
    }

    private static Range from(long reference, long count, long oldest, long newest, boolean numbered) {
        if (reference < oldest || reference > newest) {
            return Range.NOTHING;
        }
        return count > 0
                ? new Range(reference, Math.min(newest, reference + count - 1), false, numbered)
                : new Range(Math.max(oldest, reference + count + 1), reference, true, numbered);
    }

    private static void write(ByteQueue out, int room, TrendLog log, SimulatedClock clock, Range range, long now) {
        Deque<byte[]> records = new ArrayDeque<>();
        int size = FRAME;
        while (records.size() < range.size()) {
            byte[] record = encode(log, clock,
                    range.backwards ? range.last - records.size() : range.first + records.size());
            size += record.length;
            if (size > room) {
                break;
            }
            if (range.backwards) {
                records.addFirst(record);
            } else {
                records.addLast(record);
            }
        }
        boolean any = !records.isEmpty();
        long first = range.backwards ? range.last - records.size() + 1 : range.first;
        long last = first + records.size() - 1;
        new ResultFlags(any && first == log.oldest(now), any && last == log.newest(now), records.size() < range.size())
                .write(out, 3);
        new UnsignedInteger(records.size()).write(out, 4);
        Tags.open(out, 5);
        records.forEach(out::push);
        Tags.close(out, 5);
        if (any && range.numbered) {
            new UnsignedInteger(first).write(out, 6);
        }
    }

    private static byte[] encode(TrendLog log, SimulatedClock clock, long sequence) {
        ByteQueue record = new ByteQueue(64);
        log.reading(sequence).write(record, clock.wall(log.timeOf(sequence)));
        return record.popAll();
    }
}
