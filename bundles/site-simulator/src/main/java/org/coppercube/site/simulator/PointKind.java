// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier.description;
import static com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier.eventState;
import static com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier.outOfService;
import static com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier.presentValue;
import static com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier.reliability;
import static com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier.statusFlags;
import static com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier.units;

import com.serotonin.bacnet4j.type.Encodable;
import com.serotonin.bacnet4j.type.constructed.Scale;
import com.serotonin.bacnet4j.type.constructed.StatusFlags;
import com.serotonin.bacnet4j.type.enumerated.BinaryPV;
import com.serotonin.bacnet4j.type.enumerated.EventState;
import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.type.enumerated.Polarity;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.enumerated.Reliability;
import com.serotonin.bacnet4j.type.primitive.Boolean;
import com.serotonin.bacnet4j.type.primitive.CharacterString;
import com.serotonin.bacnet4j.type.primitive.Real;
import com.serotonin.bacnet4j.type.primitive.SignedInteger;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import java.util.function.DoubleFunction;

/** The object types of points, with the data type of their values. */
enum PointKind {

    ANALOG_INPUT(ObjectType.analogInput, Reading.REAL, value -> new Real((float) value), common()
            .required(units, (p, now) -> p.units())),
    ANALOG_VALUE(ObjectType.analogValue, Reading.REAL, value -> new Real((float) value), common()
            .required(units, (p, now) -> p.units())),
    BINARY_INPUT(ObjectType.binaryInput, Reading.ENUMERATED, value -> BinaryPV.forId((int) value), common()
            .required(PropertyIdentifier.polarity, (p, now) -> Polarity.normal)
            .optional(PropertyIdentifier.activeText, (p, now) -> new CharacterString("On"))
            .optional(PropertyIdentifier.inactiveText, (p, now) -> new CharacterString("Off"))),
    ACCUMULATOR(ObjectType.accumulator, Reading.UNSIGNED, value -> new UnsignedInteger((long) value), common()
            .required(PropertyIdentifier.scale, (p, now) -> new Scale(new SignedInteger(0)))
            .required(units, (p, now) -> p.units())
            .required(PropertyIdentifier.maxPresValue, (p, now) -> new UnsignedInteger(0xFFFF_FFFFL)));

    private final ObjectType type;
    private final int choice;
    private final DoubleFunction<Encodable> encoding;
    private final Properties<Point> properties;

    PointKind(ObjectType type, int choice, DoubleFunction<Encodable> encoding, Properties<Point> properties) {
        this.type = type;
        this.choice = choice;
        this.encoding = encoding;
        this.properties = properties;
    }

    ObjectType type() {
        return type;
    }

    Properties<Point> properties() {
        return properties;
    }

    Encodable encode(double value) {
        return encoding.apply(value);
    }

    Reading reading(double value) {
        return new Reading(choice, encode(value), new StatusFlags(false, false, false, false));
    }

    private static Properties<Point> common() {
        return new Properties<Point>()
                .required(presentValue, (p, now) -> p.kind().encode(p.valueAt(now)))
                .required(statusFlags, (p, now) -> new StatusFlags(false, false, false, false))
                .required(eventState, (p, now) -> EventState.normal)
                .required(outOfService, (p, now) -> Boolean.FALSE)
                .optional(description, (p, now) -> new CharacterString(p.description()))
                .optional(reliability, (p, now) -> Reliability.noFaultDetected);
    }
}
