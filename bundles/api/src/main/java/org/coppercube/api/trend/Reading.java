// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.trend;

import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What one record says: the closed list of choices of a BACnetLogRecord (ASHRAE 135, 21.6), and three of ours:
 * {@link Gap}, {@link Undecodable} and {@link Event}. All are values; {@code equals} compares bit for bit, so that
 * two NaN of the same bits are equal and 0.0 is not -0.0.
 */
public sealed interface Reading {

    /** A reading that has one magnitude which can be averaged and charted. */
    sealed interface Numeric extends Reading {
        /** The magnitude; exact for all but integers beyond 2^53. */
        double magnitude();
    }

    /** REAL, 32 bits. */
    record Real(float value) implements Numeric {
        @Override
        public double magnitude() {
            return value;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Real that
                    && Float.floatToRawIntBits(value) == Float.floatToRawIntBits(that.value);
        }

        @Override
        public int hashCode() {
            return Float.floatToRawIntBits(value);
        }
    }

    /** Double, 64 bits. */
    record Double(double value) implements Numeric {
        @Override
        public double magnitude() {
            return value;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Double that && java.lang.Double.doubleToRawLongBits(value)
                    == java.lang.Double.doubleToRawLongBits(that.value);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(java.lang.Double.doubleToRawLongBits(value));
        }
    }

    /** ENUMERATED, 0 to 2^32-1. */
    record Enumerated(long value) implements Numeric {
        @Override
        public double magnitude() {
            return value;
        }
    }

    /** Unsigned; all 64 bits are used, read it with {@link Long#toUnsignedString(long)}. */
    record Unsigned(long value) implements Numeric {
        @Override
        public double magnitude() {
            return value >= 0 ? value : (value >>> 1) * 2.0;
        }
    }

    /** INTEGER. */
    record Signed(long value) implements Numeric {
        @Override
        public double magnitude() {
            return value;
        }
    }

    /** BOOLEAN; binary points log ENUMERATED instead. */
    record Boolean(boolean value) implements Numeric {
        @Override
        public double magnitude() {
            return value ? 1 : 0;
        }
    }

    /** BIT STRING as text of 0 and 1, first bit first; may be empty. */
    record BitString(String bits) implements Reading {
        /** @throws IllegalArgumentException if there is anything but 0 and 1 */
        public BitString {
            if (!bits.chars().allMatch(c -> c == '0' || c == '1')) {
                throw new IllegalArgumentException("bits is \"" + bits + "\"; it must be of 0 and 1 only");
            }
        }
    }

    /** CharacterString. */
    record Text(String value) implements Reading {
        /** @throws NullPointerException if the value is null */
        public Text {
            Objects.requireNonNull(value, "value");
        }
    }

    /** NULL: the log ran, the point had no value. */
    record Null() implements Reading {
    }

    /** The log itself changed state (BACnetLogStatus). */
    record LogStatus(boolean logDisabled, boolean bufferPurged, boolean logInterrupted) implements Reading {
    }

    /** The device could not read the point; numbers as in ASHRAE 135, 18. */
    record Failure(int errorClass, int errorCode) implements Reading {
    }

    /** The device's clock was changed by so many seconds; 0 when the device cannot tell. */
    record TimeChange(float seconds) implements Reading {
        @Override
        public boolean equals(Object other) {
            return other instanceof TimeChange that
                    && Float.floatToRawIntBits(seconds) == Float.floatToRawIntBits(that.seconds);
        }

        @Override
        public int hashCode() {
            return Float.floatToRawIntBits(seconds);
        }
    }

    /**
     * Choice any-value: a value of another type.
     *
     * @param raw the bytes of the value as sent, lower-case hexadecimal
     * @param value the same decoded, null where it cannot be
     */
    record Any(String raw, Reading value) implements Reading {
        /** @throws IllegalArgumentException if raw is no hexadecimal, or value is no plain value */
        public Any {
            requireHex(raw);
            if (value instanceof Any || value instanceof Gap || value instanceof Event || value instanceof Undecodable) {
                throw new IllegalArgumentException("the value of an any-value record cannot be " + value);
            }
        }
    }

    /**
     * A record of an Event Log.
     *
     * @param raw the notification as sent, lower-case hexadecimal
     * @param fields the same decoded, by the standard's field names
     */
    record Event(String raw, SortedMap<String, String> fields) implements Reading {
        /** @throws IllegalArgumentException if raw is no hexadecimal */
        public Event {
            requireHex(raw);
            fields = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }
    }

    /** A record that the device sent and nobody can decode; its bytes, lower-case hexadecimal. */
    record Undecodable(String raw) implements Reading {
        /** @throws IllegalArgumentException if raw is no hexadecimal */
        public Undecodable {
            requireHex(raw);
        }
    }

    /**
     * Records that existed and that nobody has any more. Its sample carries the first missing sequence number.
     *
     * @param count how many are missing, 1 to 2^32-1
     * @param cause why
     */
    record Gap(long count, Cause cause) implements Reading {
        /** Why records are missing. */
        public enum Cause {
            /** Overwritten in the device before they were read. */ OVERFLOW,
            /** The buffer was purged, or the log was reset. */ PURGE,
            /** The log was disabled or interrupted. */ LOG_DISABLED,
            /** The device did not answer until they were gone. */ DEVICE_AWAY,
            /** The device sends something for them that is no record. */ UNDECODABLE,
            /** The device's record count started again. */ SEQUENCE_RESET,
            /** Overwritten before they were read, while the record count passed 2^32-1. */ WRAP,
            /** They were archived, and that part of the archive is damaged. */ ARCHIVE_DAMAGED
        }

        /** @throws IllegalArgumentException if count is out of range */
        public Gap {
            if (count < 1 || count > 0xFFFF_FFFFL) {
                throw new IllegalArgumentException("count is " + count + "; a gap has 1 to 4294967295");
            }
            Objects.requireNonNull(cause, "cause");
        }
    }

    private static void requireHex(String raw) {
        if (!Hex.TEXT.matcher(raw).matches()) {
            throw new IllegalArgumentException("raw must be lower-case hexadecimal, two digits a byte");
        }
    }

    /** Keeps the pattern out of the interface's own, public fields. */
    final class Hex {
        private static final Pattern TEXT = Pattern.compile("(?:[0-9a-f]{2})*+");

        private Hex() {
        }
    }
}
