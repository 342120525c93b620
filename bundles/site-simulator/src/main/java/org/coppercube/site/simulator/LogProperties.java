// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.constructed.StatusFlags;
import com.serotonin.bacnet4j.type.enumerated.EventState;
import com.serotonin.bacnet4j.type.enumerated.LoggingType;
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

    /** @param numbered the device knows sequence numbers */
    static Properties<Log> of(ObjectType type, boolean numbered) {
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
        return properties;
    }
}
