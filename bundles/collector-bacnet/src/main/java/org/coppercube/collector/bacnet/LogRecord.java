// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.net.ProtocolException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;

/**
 * One record as a device sent it (BACnetLogRecord, ASHRAE 135, clause 21).
 *
 * @param time on the device's own clock; null when it is no time
 * @param flags status flags as in {@link Sample#flags}
 * @param reading what it says
 */
record LogRecord(LocalDateTime time, int flags, Reading reading) {

    /** Reads a record; whatever cannot be understood becomes {@link Reading.Undecodable} with the whole record. */
    static LogRecord read(Part part) {
        LocalDateTime time = null;
        try {
            Tags tags = part.tags();
            time = time(tags.pair(0).tags());
            Reading reading = reading(tags.pair(1).tags());
            int flags = tags.nextIsContext(2) ? flags(tags.content().bits()) : 0;
            tags.end();
            return new LogRecord(time, flags, reading);
        } catch (ProtocolException e) {
            return new LogRecord(time, 0, new Reading.Undecodable(part.hex()));
        }
    }

    /** A date and a time in application tags; null if a field is unspecified or they are no date, as 31 February. */
    static LocalDateTime time(Tags tags) throws ProtocolException {
        int date = (int) tags.application(10).unsigned32();
        int time = (int) tags.application(11).unsigned32();
        int hundredths = time & 0xFF;
        try {
            return LocalDateTime.of(year(date >>> 24), date >> 16 & 0xFF, date >> 8 & 0xFF, time >>> 24,
                    time >> 16 & 0xFF, time >> 8 & 0xFF, hundredths == 0xFF ? 0 : hundredths * 10_000_000);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int year(int encoded) {
        return encoded == 0xFF ? Integer.MAX_VALUE : 1900 + encoded; // 255 is "unspecified", which is no year
    }

    private static Reading reading(Tags tags) throws ProtocolException {
        tags.next();
        Reading reading;
        if (tags.isContext(0)) {
            String bits = tags.content().bits() + "000";
            reading = new Reading.LogStatus(bits.charAt(0) == '1', bits.charAt(1) == '1', bits.charAt(2) == '1');
        } else if (tags.isContext(1)) {
            reading = new Reading.Boolean(tags.bool());
        } else if (tags.isContext(2)) {
            reading = new Reading.Real(tags.content().real());
        } else if (tags.isContext(3)) {
            reading = new Reading.Enumerated(tags.content().unsigned32());
        } else if (tags.isContext(4)) {
            reading = new Reading.Unsigned(tags.content().unsigned());
        } else if (tags.isContext(5)) {
            reading = new Reading.Signed(tags.content().signed());
        } else if (tags.isContext(6)) {
            reading = new Reading.BitString(tags.content().bits());
        } else if (tags.isContext(7)) {
            reading = new Reading.Null();
        } else if (tags.isOpening(8)) {
            Tags error = tags.rest().tags();
            reading = new Reading.Failure(error.application(9).unsigned16(), error.application(9).unsigned16());
        } else if (tags.isContext(9)) {
            reading = new Reading.TimeChange(tags.content().real());
        } else if (tags.isOpening(10)) {
            Part any = tags.rest();
            reading = new Reading.Any(any.hex(), plain(any));
        } else {
            throw new ProtocolException("a record of a kind that the standard does not have");
        }
        tags.end();
        return reading;
    }

    /** The value of an any-value record where it is a single plain one, else null. */
    private static Reading plain(Part any) {
        try {
            Tags tags = any.tags().next();
            Reading reading = switch (tags.application()) {
                case 0 -> new Reading.Null();
                case 1 -> new Reading.Boolean(tags.bool());
                case 2 -> new Reading.Unsigned(tags.content().unsigned());
                case 3 -> new Reading.Signed(tags.content().signed());
                case 4 -> new Reading.Real(tags.content().real());
                case 5 -> new Reading.Double(tags.content().doubleReal());
                case 7 -> new Reading.Text(tags.content().text());
                case 8 -> new Reading.BitString(tags.content().bits());
                case 9 -> new Reading.Enumerated(tags.content().unsigned32());
                default -> null;
            };
            return tags.more() ? null : reading;
        } catch (ProtocolException e) {
            return null;
        }
    }

    private static int flags(String bits) {
        int flags = 0;
        for (int i = 0; i < Math.min(4, bits.length()); i++) {
            flags |= bits.charAt(i) == '1' ? Sample.IN_ALARM << i : 0;
        }
        return flags;
    }
}
