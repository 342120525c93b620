// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.trend;

import java.time.Instant;
import java.util.Objects;

/**
 * One record of a trend log. With the log's id and the run it is known for ever by its sequence number.
 *
 * @param sequence the device's record number, 1 to 2^32-1 (ASHRAE 135, 15.8); of a {@link Reading.Gap} the first missing
 * @param time when, in hundredths of a second since 1970-01-01T00:00Z
 * @param offset minutes that the device's local time was ahead of UTC when {@code time} was computed, -1440 to 1440;
 *        {@code time} plus offset is exactly what the device wrote
 * @param timeSource where the time comes from
 * @param flags status flags, an OR of {@link #IN_ALARM}, {@link #FAULT}, {@link #OVERRIDDEN}, {@link #OUT_OF_SERVICE}
 * @param reading what it says
 */
public record Sample(long sequence, long time, int offset, TimeSource timeSource, int flags, Reading reading) {

    /** Status flag in-alarm. */
    public static final int IN_ALARM = 1;
    /** Status flag fault. */
    public static final int FAULT = 2;
    /** Status flag overridden. */
    public static final int OVERRIDDEN = 4;
    /** Status flag out-of-service. */
    public static final int OUT_OF_SERVICE = 8;

    /** Where the time of a sample comes from. */
    public enum TimeSource {
        /** The device stamped the record. */ RECORD,
        /** The record has no readable time; it has the next record's. */ NEXT,
        /** Neither this record nor one after it has a readable time; it has the time of reading. */ READ
    }

    /** @throws IllegalArgumentException if a number is out of range */
    public Sample {
        Objects.requireNonNull(timeSource, "timeSource");
        Objects.requireNonNull(reading, "reading");
        if (sequence < 0 || sequence > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("sequence is " + sequence + "; it must be 0 to 4294967295");
        }
        if (flags < 0 || flags > 15) {
            throw new IllegalArgumentException("flags is " + flags + "; it must be 0 to 15");
        }
        if (offset < -1440 || offset > 1440) {
            throw new IllegalArgumentException("offset is " + offset + "; it must be -1440 to 1440 minutes");
        }
    }

    /** A sample that the device stamped itself, with no status flag set. */
    public Sample(long sequence, long time, int offset, Reading reading) {
        this(sequence, time, offset, TimeSource.RECORD, 0, reading);
    }

    /** The last sequence number this sample accounts for: its own, or the last missing one of a gap. */
    public long lastSequence() {
        return reading instanceof Reading.Gap gap ? sequence + gap.count() - 1 : sequence;
    }

    /** {@code time} as an instant. */
    public Instant instant() {
        return Instant.ofEpochSecond(Math.floorDiv(time, 100), Math.floorMod(time, 100) * 10_000_000L);
    }

    /** The instant in hundredths of a second since 1970-01-01T00:00Z, rounded down. */
    public static long hundredths(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 100L), instant.getNano() / 10_000_000);
    }
}
