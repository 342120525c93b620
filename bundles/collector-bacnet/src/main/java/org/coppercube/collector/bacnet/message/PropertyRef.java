// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

/**
 * A property of an object, or one element of it.
 *
 * @param index element of an array, 0 for its size, {@link #WHOLE} for all of it
 */
public record PropertyRef(ObjectId object, int property, int index) {
    public static final int WHOLE = -1;

    public static final int BUFFER_SIZE = 126;
    public static final int DATABASE_REVISION = 155;
    public static final int DESCRIPTION = 28;
    public static final int LOCAL_DATE = 56;
    public static final int LOCAL_TIME = 57;
    public static final int LOG_INTERVAL = 134;
    public static final int LOGGED_PROPERTY = 132;
    public static final int MAX_APDU = 62;
    public static final int NOTIFICATION_CLASS = 17;
    public static final int OBJECT_IDENTIFIER = 75;
    public static final int OBJECT_LIST = 76;
    public static final int OBJECT_NAME = 77;
    public static final int RECORD_COUNT = 141;
    public static final int TOTAL_RECORD_COUNT = 145;
    public static final int UNITS = 117;
    public static final int VENDOR_IDENTIFIER = 120;

    public PropertyRef(ObjectId object, int property) {
        this(object, property, WHOLE);
    }

    /** One element of the same; 0 for their number. */
    public PropertyRef element(int index) {
        return new PropertyRef(object, property, index);
    }
}
