// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.constructed.ResultFlags;
import com.serotonin.bacnet4j.type.enumerated.AbortReason;
import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.enumerated.RejectReason;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;

/** ReadRange of log buffers (ASHRAE 135, 15.8): all, by position, by sequence number and by time. */
final class ReadRange implements Service {

    static final byte CHOICE = 26;

    private static final int LOG_BUFFER = PropertyIdentifier.logBuffer.intValue();
    private static final int FRAME = 20; // octets of an acknowledgement's parameters around its records, at most
    private static final long OLDER = 10;
    private static final long NOWHERE = -1;
    private static final ObjectIdentifier WRONG_OBJECT = new ObjectIdentifier(ObjectType.trendLog, 4_000_000);
    private static final int WRONG_PROPERTY = PropertyIdentifier.presentValue.intValue();
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

        Range older(long oldest) {
            long step = Math.max(0, Math.min(OLDER, first - oldest));
            return new Range(first - step, last - step, backwards, numbered);
        }
    }

    @Override
    public void execute(TagReader in, Controller device, ByteQueue out, int room) throws BacnetError, Refusal {
        long object = in.context(0);
        int property = in.property(1);
        Long arrayIndex = in.optionalContext(2);
        BacnetObject<?> found = device.find(object).orElseThrow(BacnetError::unknownObject);
        if (property != LOG_BUFFER || !(found.owner() instanceof Log log)) {
            found.read(property, arrayIndex, device.clock().now()); // tells first if there is no such property
            throw BacnetError.notAList();
        }
        if (arrayIndex != null) {
            throw BacnetError.notAnArray();
        }
        long now = device.clock().now();
        Range range = range(in, log, now);
        in.end();
        if (range.size() > log.condition().amount(Fault.RANGE_LIMIT, Long.MAX_VALUE)) {
            throw Refusal.abort(AbortReason.bufferOverflow);
        }
        if (log.condition().strikes(Fault.FIRST_OLD)) {
            range = range.older(log.oldest(now));
        }
        int told = log.condition().strikes(Fault.WRONG_PROPERTY) ? WRONG_PROPERTY : property;
        (log.condition().strikes(Fault.WRONG_OBJECT) ? WRONG_OBJECT : found.id()).write(out, 0);
        new UnsignedInteger(told).write(out, 1);
        write(out, room, log, range, now);
    }

    private static Range range(TagReader in, Log log, long now) throws BacnetError, Refusal {
        long oldest = log.oldest(now);
        long newest = log.newest(now);
        if (in.atEnd()) {
            return new Range(oldest, newest, false, false);
        }
        if (in.opens(BY_POSITION)) {
            long position = in.unsigned();
            return from(oldest + position - 1, count(in, BY_POSITION), oldest, newest, false);
        }
        boolean numbered = log.numbered();
        if (in.opens(BY_SEQUENCE_NUMBER)) {
            long record = log.find(in.unsigned(), now).orElse(NOWHERE);
            long count = count(in, BY_SEQUENCE_NUMBER);
            if (!numbered) {
                throw BacnetError.notNumbered();
            }
            return from(record, count, oldest, newest, true);
        }
        in.open(BY_TIME);
        long local = in.dateTime().toInstant(ZoneOffset.UTC).toEpochMilli();
        long count = count(in, BY_TIME);
        if (log.condition().has(Fault.BY_POSITION_ONLY)) {
            throw BacnetError.notTimestamped();
        }
        return from(count > 0 ? log.firstAfter(local, now) : log.lastBefore(local, now), count, oldest, newest,
                numbered);
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

    private static void write(ByteQueue out, int room, Log log, Range range, long now) {
        Deque<byte[]> records = new ArrayDeque<>();
        int size = FRAME;
        while (records.size() < range.size()) {
            byte[] record = encode(log, range.backwards ? range.last - records.size() : range.first + records.size());
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
        Condition condition = log.condition();
        boolean forever = condition.strikes(Fault.MORE_FOREVER);
        new ResultFlags(any && first == log.oldest(now), any && last == log.newest(now) && !forever,
                records.size() < range.size() || forever).write(out, 3);
        new UnsignedInteger(Math.max(0, records.size() + (condition.strikes(Fault.COUNT_TOO_HIGH) ? 1 : 0)
                - (condition.strikes(Fault.COUNT_TOO_LOW) ? 1 : 0))).write(out, 4);
        Tags.open(out, 5);
        records.forEach(out::push);
        Tags.close(out, 5);
        if (any && range.numbered && !condition.strikes(Fault.FIRST_MISSING)) {
            new UnsignedInteger(log.number(first, now) + (condition.strikes(Fault.FIRST_WRONG) ? 7 : 0)).write(out, 6);
        }
    }

    private static byte[] encode(Log log, long record) {
        ByteQueue out = new ByteQueue(64);
        log.write(record, out);
        return out.popAll();
    }
}
