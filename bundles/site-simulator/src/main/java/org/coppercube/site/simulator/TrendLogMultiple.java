// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.Encodable;
import com.serotonin.bacnet4j.type.constructed.BACnetArray;
import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.util.List;

/** Several points, sampled together. */
record TrendLogMultiple(List<Point> points, Recorder recorder) implements Contents {

    /** What the members say in the record with this number, made at this time. */
    @FunctionalInterface
    interface Recorder {
        Entry read(long record, long time);
    }

    static final int TIME_CHANGE = 2;

    private static final int LOG_DATA = 1;
    private static final int ANY = 8;

    static TrendLogMultiple of(List<Point> points) {
        return new TrendLogMultiple(points,
                (record, time) -> data(points.stream().map(point -> point.readingAt(time)).toList()));
    }

    /** A record with these members (BACnetLogData, ASHRAE 135 clause 21). */
    static Entry data(List<Reading> members) {
        return (out, time) -> {
            Entry.open(out, time);
            Tags.open(out, LOG_DATA);
            members.forEach(member -> write(member, out));
            Tags.close(out, LOG_DATA);
            Entry.close(out);
        };
    }

    // Members have the kinds of a trend log's records in the same order, without the first and without time-change.
    private static void write(Reading member, ByteQueue out) {
        if (member.choice() == Reading.ANY) {
            Tags.writeAny(out, ANY, member.value());
        } else {
            member.value().write(out, member.choice() - Reading.BOOLEAN);
        }
    }

    @Override
    public ObjectType type() {
        return ObjectType.trendLogMultiple;
    }

    @Override
    public Entry sample(long record, long time) {
        return recorder.read(record, time);
    }

    @Override
    public int timeChange() {
        return TIME_CHANGE;
    }

    @Override
    public Encodable source() {
        return new BACnetArray<>(points.stream().map(Point::reference).toList());
    }
}
