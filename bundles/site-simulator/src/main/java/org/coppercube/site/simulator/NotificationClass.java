// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.constructed.BACnetArray;
import com.serotonin.bacnet4j.type.constructed.Destination;
import com.serotonin.bacnet4j.type.constructed.EventTransitionBits;
import com.serotonin.bacnet4j.type.constructed.SequenceOf;
import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.primitive.CharacterString;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import java.util.ArrayList;
import java.util.List;

/** Who is told when a log of the device has news (ASHRAE 135, 12.21). Forgotten when the program ends. */
final class NotificationClass {

    static final int INSTANCE = 1;
    static final int PRIORITY = 200;

    private static final int MOST = 32;
    private static final Properties<NotificationClass> PROPERTIES = new Properties<NotificationClass>()
            .required(PropertyIdentifier.notificationClass, (self, now) -> new UnsignedInteger(INSTANCE))
            .required(PropertyIdentifier.priority, (self, now) -> new BACnetArray<>(new UnsignedInteger(PRIORITY),
                    new UnsignedInteger(PRIORITY), new UnsignedInteger(PRIORITY)))
            .required(PropertyIdentifier.ackRequired, (self, now) -> new EventTransitionBits(false, false, false))
            .required(PropertyIdentifier.recipientList, (self, now) -> new SequenceOf<>(self.recipients()))
            .optional(PropertyIdentifier.description, (self, now) -> new CharacterString("who reads the logs"));

    private List<Destination> recipients = List.of();

    List<Destination> recipients() {
        return recipients;
    }

    void replace(List<Destination> all) throws BacnetError {
        recipients = List.of();
        add(all);
    }

    /** Adds all or none; one that is there already stays there once (ASHRAE 135, 15.1). */
    void add(List<Destination> more) throws BacnetError {
        List<Destination> all = new ArrayList<>(recipients);
        for (Destination one : more) {
            if (!all.contains(one)) {
                all.add(one);
            }
            if (all.size() > MOST) {
                throw BacnetError.noSpace().ofElement(more.indexOf(one) + 1);
            }
        }
        recipients = List.copyOf(all);
    }

    /** Removes all or none (ASHRAE 135, 15.2). */
    void remove(List<Destination> some) throws BacnetError {
        List<Destination> all = new ArrayList<>(recipients);
        for (Destination one : some) {
            if (!all.remove(one)) {
                throw BacnetError.elementNotFound().ofElement(some.indexOf(one) + 1);
            }
        }
        recipients = List.copyOf(all);
    }

    BacnetObject<NotificationClass> object() {
        return new BacnetObject<>(new ObjectIdentifier(ObjectType.notificationClass, INSTANCE), "Log Notifications",
                this, PROPERTIES);
    }
}
