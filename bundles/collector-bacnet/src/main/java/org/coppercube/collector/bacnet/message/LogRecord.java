// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import java.net.ProtocolException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;

/**
 * One record as a device sent it (BACnetLogRecord, BACnetLogMultipleRecord and BACnetEventLogRecord, ASHRAE 135,
 * clause 21).
 *
 * @param time on the device's own clock; null when it is no time
 * @param flags status flags as in {@link Sample#flags}
 * @param reading what it says; null when each member of a Trend Log Multiple has its own
 * @param members what it says of the members of a Trend Log Multiple; else empty
 */
public record LogRecord(LocalDateTime time, int flags, Reading reading, List<Reading> members) {

    public LogRecord(LocalDateTime time, int flags, Reading reading) {
        this(time, flags, reading, List.of());
    }

    /**
     * What it says of one series.
     *
     * @param member member of a Trend Log Multiple, from 1; one that the record does not have was without a value. 0
     *        for the only series of another log
     */
    public Reading of(int member) {
        return reading != null ? reading : member <= members.size() ? members.get(member - 1) : new Reading.Null();
    }

    /**
     * Reads a record; whatever cannot be understood becomes {@link Reading.Undecodable} with the whole record.
     *
     * @param type of the log object
     */
    public static LogRecord read(Part part, int type) {
        LocalDateTime time = null;
        try {
            Tags tags = part.tags();
            tags.open(0);
            time = time(tags);
            tags.close(0);
            tags.open(1);
            boolean multiple = tags.next().isOpening(1) && type == ObjectId.TREND_LOG_MULTIPLE;
            List<Reading> members = multiple ? LogDatum.members(tags.rest()) : List.of();
            Reading reading = multiple ? null : switch (type) {
                case ObjectId.EVENT_LOG -> LogDatum.event(tags);
                case ObjectId.TREND_LOG_MULTIPLE -> LogDatum.common(tags, 2);
                default -> LogDatum.single(tags);
            };
            tags.close(1);
            int flags = tags.nextIsContext(2) ? flags(tags.content()) : 0;
            tags.end();
            return new LogRecord(time, flags, reading, members);
        } catch (ProtocolException e) {
            return new LogRecord(time, 0, new Reading.Undecodable(part.hex()));
        }
    }

    /** A date and a time in application tags; null if a field is unspecified or they are no date, as 31 February. */
    public static LocalDateTime time(Tags tags) throws ProtocolException {
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

    private static int flags(Part bits) throws ProtocolException {
        int flags = 0;
        for (int i = 0; i < 4; i++) {
            flags |= bits.bit(i) ? Sample.IN_ALARM << i : 0;
        }
        return flags;
    }
}
