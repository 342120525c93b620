// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.constructed.DeviceObjectPropertyReference;
import com.serotonin.bacnet4j.type.constructed.StatusFlags;
import com.serotonin.bacnet4j.type.enumerated.EventState;
import com.serotonin.bacnet4j.type.enumerated.LoggingType;
import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.enumerated.Reliability;
import com.serotonin.bacnet4j.type.primitive.Boolean;
import com.serotonin.bacnet4j.type.primitive.CharacterString;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;

/**
 * A trend log whose ring buffer holds nothing: record {@code n} was made at {@code anchor + (n - 1) * interval} and is
 * computed when somebody asks. Another run of the program therefore has the same records under the same numbers.
 *
 * @param interval milliseconds
 * @param buffer records it can hold
 */
record TrendLog(int instance, Point point, long anchor, long interval, int buffer, Recorder recorder) {

    /** What the record with this number, made at this time, says. */
    @FunctionalInterface
    interface Recorder {
        Reading read(long sequence, long time);
    }

    private static final Properties<TrendLog> PROPERTIES = new Properties<TrendLog>()
            .required(PropertyIdentifier.enable, (log, now) -> Boolean.TRUE)
            .required(PropertyIdentifier.stopWhenFull, (log, now) -> Boolean.FALSE)
            .required(PropertyIdentifier.bufferSize, (log, now) -> new UnsignedInteger(log.buffer))
            .required(PropertyIdentifier.logBuffer, (log, now) -> {
                throw BacnetError.readAccessDenied(); // ASHRAE 135, 12.25: by ReadRange only
            })
            .required(PropertyIdentifier.recordCount,
                    (log, now) -> new UnsignedInteger(log.newest(now) - log.oldest(now) + 1))
            .required(PropertyIdentifier.totalRecordCount, (log, now) -> new UnsignedInteger(log.newest(now)))
            .required(PropertyIdentifier.eventState, (log, now) -> EventState.normal)
            .required(PropertyIdentifier.loggingType, (log, now) -> LoggingType.polled)
            .required(PropertyIdentifier.statusFlags, (log, now) -> new StatusFlags(false, false, false, false))
            .optional(PropertyIdentifier.description, (log, now) -> new CharacterString(log.point.description()))
            .optional(PropertyIdentifier.logDeviceObjectProperty, (log, now) -> new DeviceObjectPropertyReference(
                    log.point.id(), PropertyIdentifier.presentValue, null, null))
            .optional(PropertyIdentifier.logInterval, (log, now) -> new UnsignedInteger(log.interval / 10))
            .optional(PropertyIdentifier.reliability, (log, now) -> Reliability.noFaultDetected);

    static TrendLog of(Point point, int instance, long anchor, long interval, int buffer) {
        return new TrendLog(instance, point, anchor, interval, buffer, (sequence, time) -> point.readingAt(time));
    }

    /** Number of the last record made by then, 0 when there is none; also how many were made in all. */
    long newest(long now) {
        return Math.max(0, Math.floorDiv(now - anchor, interval) + 1);
    }

    /** Number of the first record still in the buffer. */
    long oldest(long now) {
        return Math.max(1, newest(now) - buffer + 1);
    }

    long timeOf(long sequence) {
        return anchor + (sequence - 1) * interval;
    }

    /** Number of the first record made after that moment, whether it exists by now or not. */
    long firstAfter(long moment) {
        return Math.max(1, Math.floorDiv(moment - anchor, interval) + 2);
    }

    /** Number of the last record made before that moment, 0 when there is none. */
    long lastBefore(long moment) {
        return Math.max(0, Math.floorDiv(moment - anchor - 1, interval) + 1);
    }

    Reading reading(long sequence) {
        return recorder.read(sequence, timeOf(sequence));
    }

    BacnetObject<TrendLog> object() {
        ObjectIdentifier id = new ObjectIdentifier(ObjectType.trendLog, instance);
        return new BacnetObject<>(id, point.name() + " Log", this, PROPERTIES);
    }
}
