// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.constructed.BACnetArray;
import com.serotonin.bacnet4j.type.constructed.EventTransitionBits;
import com.serotonin.bacnet4j.type.constructed.StatusFlags;
import com.serotonin.bacnet4j.type.constructed.TimeStamp;
import com.serotonin.bacnet4j.type.enumerated.EventState;
import com.serotonin.bacnet4j.type.enumerated.LoggingType;
import com.serotonin.bacnet4j.type.enumerated.NotifyType;
import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.enumerated.Reliability;
import com.serotonin.bacnet4j.type.primitive.Boolean;
import com.serotonin.bacnet4j.type.primitive.CharacterString;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;

/** The properties of a device's logs (ASHRAE 135, 12.25, 12.27 and 12.30). */
final class LogProperties {

    private LogProperties() {
    }

    /**
     * @param numbered the device knows sequence numbers
     * @param notifying it tells recipients when there is news
     */
    static Properties<Log> of(ObjectType type, boolean numbered, boolean notifying) {
        Properties<Log> properties = new Properties<Log>()
                .required(PropertyIdentifier.enable, (log, now) -> Boolean.valueOf(log.enabled(now)))
                .required(PropertyIdentifier.stopWhenFull, (log, now) -> Boolean.FALSE)
                .required(PropertyIdentifier.bufferSize, (log, now) -> new UnsignedInteger(log.buffer()))
                .required(PropertyIdentifier.logBuffer, (log, now) -> {
                    throw BacnetError.readAccessDenied(); // ASHRAE 135, 12.25: by ReadRange only
                })
                .required(PropertyIdentifier.recordCount,
                        (log, now) -> new UnsignedInteger(log.newest(now) - log.oldest(now) + 1))
                .required(PropertyIdentifier.eventState, (log, now) -> EventState.normal)
                .required(PropertyIdentifier.statusFlags, (log, now) -> new StatusFlags(false, false, false, false))
                .optional(PropertyIdentifier.description, (log, now) -> new CharacterString(log.description()))
                .optional(PropertyIdentifier.reliability, (log, now) -> Reliability.noFaultDetected);
        if (numbered) {
            properties.required(PropertyIdentifier.totalRecordCount, (log, now) -> new UnsignedInteger(
                    log.condition().strikes(Fault.TOTAL_BACKWARDS) ? log.total(now) / 2 : log.total(now)));
        }
        if (type != ObjectType.eventLog) {
            properties.required(PropertyIdentifier.loggingType, (log, now) -> LoggingType.polled)
                    .optional(PropertyIdentifier.logDeviceObjectProperty, (log, now) -> log.contents().source())
                    .optional(PropertyIdentifier.logInterval,
                            (log, now) -> new UnsignedInteger(log.timeline().interval() / 10));
        }
        if (notifying) {
            addNotification(properties);
        }
        return properties;
    }

    private static void addNotification(Properties<Log> properties) {
        properties.optional(PropertyIdentifier.notificationThreshold,
                        (log, now) -> new UnsignedInteger(log.threshold()))
                .optional(PropertyIdentifier.recordsSinceNotification,
                        (log, now) -> new UnsignedInteger(log.newest(now) - log.lastNotified(now)))
                .optional(PropertyIdentifier.lastNotifyRecord,
                        (log, now) -> new UnsignedInteger(log.numberOrNone(log.lastNotified(now), now)))
                .optional(PropertyIdentifier.notificationClass,
                        (log, now) -> new UnsignedInteger(NotificationClass.INSTANCE))
                .optional(PropertyIdentifier.eventEnable, (log, now) -> new EventTransitionBits(false, false, true))
                .optional(PropertyIdentifier.ackedTransitions, (log, now) -> new EventTransitionBits(true, true, true))
                .optional(PropertyIdentifier.notifyType, (log, now) -> NotifyType.event)
                .optional(PropertyIdentifier.eventTimeStamps, (log, now) -> new BACnetArray<>(
                        TimeStamp.UNSPECIFIED_DATETIME, TimeStamp.UNSPECIFIED_DATETIME, log.notificationTime(now)));
    }
}
