// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

/**
 * A property of an object, or one element of it.
 *
 * @param index element of an array, 0 for its size, {@link #WHOLE} for all of it
 */
record PropertyRef(ObjectId object, int property, int index) {
    static final int WHOLE = -1;

    static final int BUFFER_SIZE = 126;
    static final int DATABASE_REVISION = 155;
    static final int DESCRIPTION = 28;
    static final int LOCAL_DATE = 56;
    static final int LOCAL_TIME = 57;
    static final int LOG_INTERVAL = 134;
    static final int LOGGED_PROPERTY = 132;
    static final int MAX_APDU = 62;
    static final int NOTIFICATION_CLASS = 17;
    static final int OBJECT_IDENTIFIER = 75;
    static final int OBJECT_LIST = 76;
    static final int OBJECT_NAME = 77;
    static final int RECORD_COUNT = 141;
    static final int TOTAL_RECORD_COUNT = 145;
    static final int UNITS = 117;
    static final int VENDOR_IDENTIFIER = 120;

    PropertyRef(ObjectId object, int property) {
        this(object, property, WHOLE);
    }

    /** One element of the same; 0 for their number. */
    PropertyRef element(int index) {
        return new PropertyRef(object, property, index);
    }
}
