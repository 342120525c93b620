// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import org.coppercube.api.trend.TrendLogId;

/** Type and instance of an object, by their numbers (ASHRAE 135, 20.2.14). */
public record ObjectId(int type, int instance) implements Comparable<ObjectId> {
    public static final int DEVICE = 8;
    static final int NOTIFICATION_CLASS = 15;
    public static final int TREND_LOG = 20;
    public static final int EVENT_LOG = 25;
    public static final int TREND_LOG_MULTIPLE = 27;

    public static ObjectId of(int encoded) {
        return new ObjectId(encoded >>> 22, encoded & 0x3FFFFF);
    }

    public static ObjectId device(int instance) {
        return new ObjectId(DEVICE, instance);
    }

    /** The log object that a series comes from. */
    public static ObjectId of(TrendLogId log) {
        return new ObjectId(switch (log.kind()) {
            case TLM -> TREND_LOG_MULTIPLE;
            case EL -> EVENT_LOG;
            default -> TREND_LOG;
        }, log.instance());
    }

    public ObjectIdentifier encodable() {
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
