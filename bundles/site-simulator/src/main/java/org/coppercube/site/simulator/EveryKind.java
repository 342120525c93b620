// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.constructed.LogStatus;
import com.serotonin.bacnet4j.type.constructed.StatusFlags;
import com.serotonin.bacnet4j.type.enumerated.EngineeringUnits;
import com.serotonin.bacnet4j.type.enumerated.ErrorClass;
import com.serotonin.bacnet4j.type.enumerated.ErrorCode;
import com.serotonin.bacnet4j.type.error.ErrorClassAndCode;
import com.serotonin.bacnet4j.type.primitive.BitString;
import com.serotonin.bacnet4j.type.primitive.Boolean;
import com.serotonin.bacnet4j.type.primitive.CharacterString;
import com.serotonin.bacnet4j.type.primitive.Double;
import com.serotonin.bacnet4j.type.primitive.Enumerated;
import com.serotonin.bacnet4j.type.primitive.Null;
import com.serotonin.bacnet4j.type.primitive.Real;
import com.serotonin.bacnet4j.type.primitive.SignedInteger;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import java.util.Collections;
import java.util.List;

/** A log that goes through every kind of record the standard knows, to try out what reads it. */
final class EveryKind {

    private static final StatusFlags NORMAL = new StatusFlags(false, false, false, false);

    /** The records of one round; record number n is the one at (n - 1) modulo their number. */
    static final List<Reading> ROUND = List.of(
            new Reading(Reading.LOG_STATUS, new LogStatus(true, false, false), null),
            new Reading(Reading.LOG_STATUS, new LogStatus(false, true, true), null),
            new Reading(Reading.BOOLEAN, Boolean.TRUE, NORMAL),
            new Reading(Reading.BOOLEAN, Boolean.FALSE, null),
            new Reading(Reading.REAL, new Real(21.7f), null),
            new Reading(Reading.REAL, new Real(-0f), new StatusFlags(true, false, false, false)),
            new Reading(Reading.REAL, new Real(Float.NaN), new StatusFlags(false, true, false, false)),
            new Reading(Reading.REAL, new Real(Float.POSITIVE_INFINITY), new StatusFlags(true, true, true, true)),
            new Reading(Reading.REAL, new Real(Float.NEGATIVE_INFINITY), new StatusFlags(false, false, false, true)),
            new Reading(Reading.ENUMERATED, new Enumerated(3), new StatusFlags(false, false, true, false)),
            new Reading(Reading.UNSIGNED, new UnsignedInteger(4_000_000_000L), NORMAL),
            new Reading(Reading.SIGNED, new SignedInteger(-123_456), NORMAL),
            new Reading(Reading.BITSTRING, new BitString(new boolean[] {true, false, true, true, false}), NORMAL),
            new Reading(Reading.NULL, Null.instance, NORMAL),
            new Reading(Reading.FAILURE, new ErrorClassAndCode(ErrorClass.object, ErrorCode.unknownObject), null),
            new Reading(Reading.TIME_CHANGE, new Real(-3600.5f), null),
            new Reading(Reading.ANY, new Double(1.25), NORMAL),
            new Reading(Reading.ANY, new CharacterString("Grüße"), null));

    private static final Entry TIME_CHANGE = new Reading(TrendLogMultiple.TIME_CHANGE, new Real(-3600.5f), null);

    private EveryKind() {
    }

    static TrendLog log(Point point) {
        return new TrendLog(point, (record, time) -> read(record));
    }

    /** Every kind of member in each record, but in each fifth a log-status, and in each one after it a time-change. */
    static TrendLogMultiple multiple(Point point) {
        List<Reading> members = ROUND.stream()
                .filter(reading -> reading.choice() != Reading.LOG_STATUS && reading.choice() != Reading.TIME_CHANGE)
                .toList();
        Entry data = TrendLogMultiple.data(members);
        return new TrendLogMultiple(Collections.nCopies(members.size(), point), (record, time) ->
                record % 5 == 0 ? ROUND.get(1) : record % 5 == 1 ? TIME_CHANGE : data);
    }

    static Point point(int instance) {
        return new Point(PointKind.ANALOG_VALUE, instance, "Every Kind", "every kind of log record in turn",
                EngineeringUnits.noUnits, 1, time -> 0);
    }

    private static Reading read(long sequence) {
        return ROUND.get((int) ((sequence - 1) % ROUND.size()));
    }
}
