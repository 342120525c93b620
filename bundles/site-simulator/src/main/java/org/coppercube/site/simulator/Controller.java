// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.service.unconfirmed.IAmRequest;
import com.serotonin.bacnet4j.type.constructed.AddressBinding;
import com.serotonin.bacnet4j.type.constructed.BACnetArray;
import com.serotonin.bacnet4j.type.constructed.ObjectTypesSupported;
import com.serotonin.bacnet4j.type.constructed.SequenceOf;
import com.serotonin.bacnet4j.type.constructed.ServicesSupported;
import com.serotonin.bacnet4j.type.enumerated.AbortReason;
import com.serotonin.bacnet4j.type.enumerated.DeviceStatus;
import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.enumerated.Segmentation;
import com.serotonin.bacnet4j.type.primitive.Boolean;
import com.serotonin.bacnet4j.type.primitive.CharacterString;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.SignedInteger;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One BACnet device of the building: its Device object, its points and its trend logs. */
final class Controller {

    static final int MAX_APDU = 1476;

    private static final int ANY_INSTANCE = 4_194_303; // "whatever device you are", ASHRAE 135, 15.5

    private static final Properties<Controller> PROPERTIES = new Properties<Controller>()
            .required(PropertyIdentifier.systemStatus, (device, now) -> DeviceStatus.operational)
            .required(PropertyIdentifier.vendorName,
                    (device, now) -> new CharacterString(device.identity.vendorName()))
            .required(PropertyIdentifier.vendorIdentifier,
                    (device, now) -> new UnsignedInteger(device.identity.vendor()))
            .required(PropertyIdentifier.modelName, (device, now) -> new CharacterString("Site Simulator"))
            .required(PropertyIdentifier.firmwareRevision, (device, now) -> new CharacterString("1.0"))
            .required(PropertyIdentifier.applicationSoftwareVersion, (device, now) -> new CharacterString("1.0"))
            .required(PropertyIdentifier.protocolVersion, (device, now) -> new UnsignedInteger(1))
            .required(PropertyIdentifier.protocolRevision, (device, now) -> new UnsignedInteger(device.revision()))
            .required(PropertyIdentifier.protocolServicesSupported, (device, now) -> device.services())
            .required(PropertyIdentifier.protocolObjectTypesSupported, (device, now) -> device.objectTypes())
            .required(PropertyIdentifier.objectList, (device, now) -> device.objectList())
            .required(PropertyIdentifier.maxApduLengthAccepted, (device, now) -> new UnsignedInteger(device.maxApdu()))
            .required(PropertyIdentifier.segmentationSupported, (device, now) -> Segmentation.noSegmentation)
            .required(PropertyIdentifier.apduTimeout, (device, now) -> new UnsignedInteger(3000))
            .required(PropertyIdentifier.numberOfApduRetries, (device, now) -> new UnsignedInteger(3))
            .required(PropertyIdentifier.deviceAddressBinding,
                    (device, now) -> new SequenceOf<AddressBinding>(List.of()))
            .required(PropertyIdentifier.databaseRevision, (device, now) -> new UnsignedInteger(1))
            .optional(PropertyIdentifier.description,
                    (device, now) -> new CharacterString(device.identity.description()))
            .optional(PropertyIdentifier.localDate, (device, now) -> device.clock.wall(now).date())
            .optional(PropertyIdentifier.localTime, (device, now) -> device.clock.wall(now).time())
            // Minutes to add to local standard time to get UTC (ASHRAE 135, 12.11): west is positive.
            .optional(PropertyIdentifier.utcOffset,
                    (device, now) -> new SignedInteger((int) (-device.clock.standardOffset(now) / 60_000)))
            .optional(PropertyIdentifier.daylightSavingsStatus,
                    (device, now) -> Boolean.valueOf(device.clock.daylightSaving(now)));

    private final Identity identity;
    private final DeviceClock clock;
    private final Condition condition;
    private final List<Log> logs;
    private final NotificationClass notificationClass = new NotificationClass();
    private final Map<Long, BacnetObject<?>> objects = new LinkedHashMap<>();

    /** @param notifying whether it has a Notification Class, for all of its logs */
    Controller(Identity identity, DeviceClock clock, Condition condition, List<Point> points, List<Log> logs,
            boolean notifying) {
        this.identity = identity;
        this.clock = clock;
        this.condition = condition;
        this.logs = logs;
        add(new BacnetObject<>(id(), identity.name(), this, PROPERTIES));
        points.forEach(point -> add(point.object()));
        Map<ObjectType, Properties<Log>> properties = new HashMap<>();
        logs.forEach(log -> add(new BacnetObject<>(log.id(), log.name(), log, properties.computeIfAbsent(
                log.contents().type(), type -> LogProperties.of(type, log.numbered(), notifying)))));
        if (notifying) {
            add(notificationClass.object());
        }
    }

    ObjectIdentifier id() {
        return identity.id();
    }

    int instance() {
        return identity.instance();
    }

    List<Log> logs() {
        return logs;
    }

    boolean isNotifying() {
        return objects.containsKey(key(ObjectType.notificationClass, NotificationClass.INSTANCE));
    }

    /** @param choice one of the services that some device executes */
    boolean executes(byte choice) {
        return switch (choice) {
            case ReadPropertyMultiple.CHOICE -> !condition.has(Fault.NO_RPM);
            case RecipientList.ADD, RecipientList.REMOVE, RecipientList.WRITE -> isNotifying();
            default -> true;
        };
    }

    NotificationClass notificationClass() {
        return notificationClass;
    }

    DeviceClock clock() {
        return clock;
    }

    Condition condition() {
        return condition;
    }

    boolean isOff() {
        return condition.lasts(Fault.SILENCE, clock.now()) || condition.lasts(Fault.POWER_LOSS, clock.now());
    }

    int maxApdu() {
        return (int) condition.amount(Fault.MAX_APDU, MAX_APDU);
    }

    /** What a device says that cannot send so long an answer. */
    Refusal tooLong() {
        return Refusal.abort(condition.has(Fault.MAX_APDU) ? AbortReason.bufferOverflow
                : AbortReason.segmentationNotSupported);
    }

    /** @param identifier type and instance as they travel: 10 and 22 bits */
    Optional<BacnetObject<?>> find(long identifier) {
        return Optional.ofNullable(objects.get(identifier == key(ObjectType.device, ANY_INSTANCE)
                ? key(ObjectType.device, instance()) : identifier));
    }

    Optional<BacnetObject<?>> find(String name) {
        return objects.values().stream().filter(object -> object.name().equals(name)).findFirst();
    }

    IAmRequest iAm() {
        return new IAmRequest(id(), new UnsignedInteger(maxApdu()), Segmentation.noSegmentation,
                new UnsignedInteger(identity.vendor()));
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

    private int revision() {
        return logs.stream().allMatch(Log::numbered) ? 14 : 2; // before there were sequence numbers
    }

    private ServicesSupported services() {
        ServicesSupported services = new ServicesSupported();
        services.setReadProperty(true);
        services.setReadPropertyMultiple(executes(ReadPropertyMultiple.CHOICE));
        services.setReadRange(true);
        services.setWhoIs(true);
        services.setWhoHas(true);
        services.setTimeSynchronization(true);
        services.setUtcTimeSynchronization(true);
        services.setAddListElement(executes(RecipientList.ADD));
        services.setRemoveListElement(executes(RecipientList.REMOVE));
        services.setWriteProperty(executes(RecipientList.WRITE));
        return services;
    }

    private ObjectTypesSupported objectTypes() {
        ObjectTypesSupported types = new ObjectTypesSupported();
        for (PointKind kind : PointKind.values()) {
            types.set(kind.type(), true);
        }
        objects.values().forEach(object -> types.set(object.id().getObjectType(), true));
        return types;
    }
}
