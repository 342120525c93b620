// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.constructed.DeviceObjectPropertyReference;
import com.serotonin.bacnet4j.type.enumerated.EngineeringUnits;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import java.util.function.LongToDoubleFunction;

/**
 * One measured or calculated value of a controller.
 *
 * @param step values are multiples of it, as controllers round them
 */
record Point(PointKind kind, int instance, String name, String description, EngineeringUnits units, double step,
        LongToDoubleFunction signal) {

    static Point of(Equipment.Template template, Unit unit, int instance) {
        return new Point(template.kind(), instance, unit.name() + " " + template.name(),
                unit.name() + " " + template.description(), template.units(), template.step(),
                time -> template.signal().at(unit, time));
    }

    double valueAt(long time) {
        return Math.rint(signal.applyAsDouble(time) / step) * step;
    }

    Reading readingAt(long time) {
        return kind.reading(valueAt(time));
    }

    ObjectIdentifier id() {
        return new ObjectIdentifier(kind.type(), instance);
    }

    /** Its present value, as a log of the same device refers to it. */
    DeviceObjectPropertyReference reference() {
        return new DeviceObjectPropertyReference(id(), PropertyIdentifier.presentValue, null, null);
    }

    BacnetObject<Point> object() {
        return new BacnetObject<>(id(), name, this, kind.properties());
    }
}
