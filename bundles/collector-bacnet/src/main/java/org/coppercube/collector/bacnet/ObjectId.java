// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import org.coppercube.api.trend.TrendLogId;

/** Type and instance of an object, by their numbers (ASHRAE 135, 20.2.14). */
record ObjectId(int type, int instance) implements Comparable<ObjectId> {
    static final int DEVICE = 8;
    static final int NOTIFICATION_CLASS = 15;
    static final int TREND_LOG = 20;
    static final int EVENT_LOG = 25;
    static final int TREND_LOG_MULTIPLE = 27;

    static ObjectId of(int encoded) {
        return new ObjectId(encoded >>> 22, encoded & 0x3FFFFF);
    }

    static ObjectId device(int instance) {
        return new ObjectId(DEVICE, instance);
    }

    /** The log object that a series comes from. */
    static ObjectId of(TrendLogId log) {
        return new ObjectId(switch (log.kind()) {
            case TLM -> TREND_LOG_MULTIPLE;
            case EL -> EVENT_LOG;
            default -> TREND_LOG;
        }, log.instance());
    }

    ObjectIdentifier encodable() {
        return new ObjectIdentifier(type, instance);
    }

    @Override
    public int compareTo(ObjectId other) {
        return type != other.type ? Integer.compare(type, other.type) : Integer.compare(instance, other.instance);
    }

    @Override
    public String toString() {
        return ObjectType.forId(type) + "," + instance;
    }
}
