// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.Encodable;
import com.serotonin.bacnet4j.type.constructed.StatusFlags;
import com.serotonin.bacnet4j.util.sero.ByteQueue;

/**
 * What a record of a trend log says (BACnetLogRecord, ASHRAE 135 clause 21).
 *
 * @param choice the context tag of the record's kind
 * @param flags may be null
 */
record Reading(int choice, Encodable value, StatusFlags flags) implements Entry {

    static final int LOG_STATUS = 0;
    static final int BOOLEAN = 1;
    static final int REAL = 2;
    static final int ENUMERATED = 3;
    static final int UNSIGNED = 4;
    static final int SIGNED = 5;
    static final int BITSTRING = 6;
    static final int NULL = 7;
    static final int FAILURE = 8;
    static final int TIME_CHANGE = 9;
    static final int ANY = 10;

    private static final int STATUS_FLAGS = 2;

    @Override
    public void write(ByteQueue out, WallTime time) {
        Entry.open(out, time);
        if (choice == ANY) { // BACnet4J's own LogRecord leaves the brackets out
            Tags.writeAny(out, ANY, value);
        } else {
            value.write(out, choice);
        }
        Entry.close(out);
        if (flags != null) {
            flags.write(out, STATUS_FLAGS);
        }
    }
}
