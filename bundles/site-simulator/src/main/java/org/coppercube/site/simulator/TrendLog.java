// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.Encodable;
import com.serotonin.bacnet4j.type.enumerated.ObjectType;

/** One point, sampled. */
record TrendLog(Point point, Recorder recorder) implements Contents {

    /** What the record with this number, made at this time, says. */
    @FunctionalInterface
    interface Recorder {
        Reading read(long record, long time);
    }

    static TrendLog of(Point point) {
        return new TrendLog(point, (record, time) -> point.readingAt(time));
    }

    @Override
    public ObjectType type() {
        return ObjectType.trendLog;
    }

    @Override
    public Entry sample(long record, long time) {
        return recorder.read(record, time);
    }

    @Override
    public int timeChange() {
        return Reading.TIME_CHANGE;
    }

    @Override
    public Encodable source() {
        return point.reference();
    }
}
