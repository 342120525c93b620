// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.trend;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;

/**
 * What is known of a trend log besides its records.
 *
 * @param id its name for ever
 * @param name what people call it: its description where it has one, else the name of the log object
 * @param deviceName object name of the device; empty when it was not told
 * @param objectName object name of the log; empty when it was not told
 * @param logged the property it records, null when the device does not say
 * @param units engineering units of the logged property in the standard's spelling ({@code degrees-celsius}); may be empty
 * @param timeZone zone of the site, by which the device's local times were read
 * @param interval time between two records, hundredths of a second exactly; zero when it logs on change or on trigger
 * @param bufferSize records the device can hold, 0 when unknown
 */
public record TrendLog(TrendLogId id, String name, String deviceName, String objectName, LoggedProperty logged,
        String units, ZoneId timeZone, Duration interval, long bufferSize) {

    /**
     * The property a log records (ASHRAE 135, 12.25.10).
     *
     * @param device instance number of the device that has the object
     * @param object type and instance, {@code analog-input,3}
     * @param property the property, {@code present-value}
     */
    public record LoggedProperty(int device, String object, String property) {
    }

    /** @throws NullPointerException if anything but {@code logged} is null */
    public TrendLog {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(deviceName, "deviceName");
        Objects.requireNonNull(objectName, "objectName");
        Objects.requireNonNull(units, "units");
        Objects.requireNonNull(timeZone, "timeZone");
        Objects.requireNonNull(interval, "interval");
    }
}
