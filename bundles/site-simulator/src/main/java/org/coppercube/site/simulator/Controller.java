// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.service.unconfirmed.IAmRequest;
import com.serotonin.bacnet4j.type.constructed.AddressBinding;
import com.serotonin.bacnet4j.type.constructed.BACnetArray;
import com.serotonin.bacnet4j.type.constructed.ObjectTypesSupported;
import com.serotonin.bacnet4j.type.constructed.SequenceOf;
import com.serotonin.bacnet4j.type.constructed.ServicesSupported;
import com.serotonin.bacnet4j.type.enumerated.DeviceStatus;
import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.enumerated.Segmentation;
import com.serotonin.bacnet4j.type.primitive.Boolean;
import com.serotonin.bacnet4j.type.primitive.CharacterString;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.SignedInteger;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One BACnet device of the building: its Device object, its points and its trend logs. */
final class Controller {

    static final int MAX_APDU = 1476;

    private static final int ANY_INSTANCE = 4_194_303; // "whatever device you are", ASHRAE 135, 15.5
    private static final int VENDOR = 555; // reserved by ASHRAE: no vendor has it

    private static final Properties<Controller> PROPERTIES = new Properties<Controller>()
            .required(PropertyIdentifier.systemStatus, (device, now) -> DeviceStatus.operational)
            .required(PropertyIdentifier.vendorName, (device, now) -> new CharacterString("CopperCube (simulated)"))
            .required(PropertyIdentifier.vendorIdentifier, (device, now) -> new UnsignedInteger(VENDOR))
            .required(PropertyIdentifier.modelName, (device, now) -> new CharacterString("Site Simulator"))
            .required(PropertyIdentifier.firmwareRevision, (device, now) -> new CharacterString("1.0"))
            .required(PropertyIdentifier.applicationSoftwareVersion, (device, now) -> new CharacterString("1.0"))
            .required(PropertyIdentifier.protocolVersion, (device, now) -> new UnsignedInteger(1))
            .required(PropertyIdentifier.protocolRevision, (device, now) -> new UnsignedInteger(14))
            .required(PropertyIdentifier.protocolServicesSupported, (device, now) -> services())
            .required(PropertyIdentifier.protocolObjectTypesSupported, (device, now) -> objectTypes())
            .required(PropertyIdentifier.objectList, (device, now) -> device.objectList())
            .required(PropertyIdentifier.maxApduLengthAccepted, (device, now) -> new UnsignedInteger(MAX_APDU))
            .required(PropertyIdentifier.segmentationSupported, (device, now) -> Segmentation.noSegmentation)
            .required(PropertyIdentifier.apduTimeout, (device, now) -> new UnsignedInteger(3000))
            .required(PropertyIdentifier.numberOfApduRetries, (device, now) -> new UnsignedInteger(3))
            .required(PropertyIdentifier.deviceAddressBinding,
                    (device, now) -> new SequenceOf<AddressBinding>(List.of()))
            .required(PropertyIdentifier.databaseRevision, (device, now) -> new UnsignedInteger(1))
            .optional(PropertyIdentifier.description, (device, now) -> new CharacterString(device.description))
            .optional(PropertyIdentifier.localDate, (device, now) -> device.clock.wall(now).date())
            .optional(PropertyIdentifier.localTime, (device, now) -> device.clock.wall(now).time())
            // Minutes to add to local standard time to get UTC (ASHRAE 135, 12.11): west is positive.
            .optional(PropertyIdentifier.utcOffset,
                    (device, now) -> new SignedInteger((int) (-device.clock.standardOffset(now) / 60_000)))
            .optional(PropertyIdentifier.daylightSavingsStatus,
                    (device, now) -> Boolean.valueOf(device.clock.daylightSaving(now)));

    private final int instance;
    private final String description;
    private final SimulatedClock clock;
    private final List<TrendLog> logs;
    private final Map<Long, BacnetObject<?>> objects = new LinkedHashMap<>();

    Controller(int instance, String name, String description, SimulatedClock clock, List<TrendLog> logs) {
        this.instance = instance;
        this.description = description;
        this.clock = clock;
        this.logs = logs;
        add(new BacnetObject<>(new ObjectIdentifier(ObjectType.device, instance), name, this, PROPERTIES));
        logs.forEach(log -> add(log.point().object()));
        logs.forEach(log -> add(log.object()));
    }

    int instance() {
        return instance;
    }

    List<TrendLog> logs() {
        return logs;
    }

    SimulatedClock clock() {
        return clock;
    }

    /** @param identifier type and instance as they travel: 10 and 22 bits */
    Optional<BacnetObject<?>> find(long identifier) {
        return Optional.ofNullable(objects.get(identifier == key(ObjectType.device, ANY_INSTANCE)
                ? key(ObjectType.device, instance) : identifier));
    }

    IAmRequest iAm() {
        return new IAmRequest(new ObjectIdentifier(ObjectType.device, instance), new UnsignedInteger(MAX_APDU),
                Segmentation.noSegmentation, new UnsignedInteger(VENDOR));
    }

    private void add(BacnetObject<?> object) {
        objects.put(key(object.id().getObjectType(), object.id().getInstanceNumber()), object);
    }

    private BACnetArray<ObjectIdentifier> objectList() {
        return new BACnetArray<>(objects.values().stream().map(BacnetObject::id).toList());
    }

    private static long key(ObjectType type, int instance) {
        return (long) type.intValue() << 22 | instance;
    }

    private static ServicesSupported services() {
        ServicesSupported services = new ServicesSupported();
        services.setReadProperty(true);
        services.setReadPropertyMultiple(true);
        services.setReadRange(true);
        services.setWhoIs(true);
        return services;
    }

    private static ObjectTypesSupported objectTypes() {
        ObjectTypesSupported types = new ObjectTypesSupported();
        types.set(ObjectType.device, true);
        types.set(ObjectType.trendLog, true);
        for (PointKind kind : PointKind.values()) {
            types.set(kind.type(), true);
        }
        return types;
    }
}
