// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.exception.BACnetException;
import com.serotonin.bacnet4j.type.constructed.Destination;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.enumerated.RejectReason;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.util.ArrayList;
import java.util.List;

/**
 * The services that change a list, of which our devices have one: Recipient_List. AddListElement, RemoveListElement
 * (ASHRAE 135, 15.1 and 15.2) and WriteProperty (15.9).
 */
final class RecipientList implements Service {

    static final byte ADD = 8;
    static final byte REMOVE = 9;
    static final byte WRITE = 15;

    private static final int RECIPIENT_LIST = PropertyIdentifier.recipientList.intValue();
    private static final int ELEMENTS = 3;
    private static final int PRIORITY = 4;
    private static final int DAYS = 7;
    private static final int TRANSITIONS = 3;

    /** What becomes of the list. */
    @FunctionalInterface
    interface Change {
        void make(NotificationClass list, List<Destination> elements) throws BacnetError;
    }

    private final Change change;
    private final boolean ofElements;

    /** @param ofElements a refusal says which element it is about */
    RecipientList(Change change, boolean ofElements) {
        this.change = change;
        this.ofElements = ofElements;
    }

    @Override
    public void execute(TagReader in, Controller device, ByteQueue out, int room) throws BacnetError, Refusal {
        try {
            execute(in, device);
        } catch (BacnetError e) {
            throw ofElements ? e.ofElement(0) : e;
        }
    }

    private void execute(TagReader in, Controller device) throws BacnetError, Refusal {
        long object = in.context(0);
        int property = in.property(1);
        Long arrayIndex = in.optionalContext(2);
        BacnetObject<?> found = device.find(object).orElseThrow(BacnetError::unknownObject);
        if (property != RECIPIENT_LIST || !(found.owner() instanceof NotificationClass list)) {
            found.read(property, arrayIndex, device.clock().now()); // tells first if there is no such property
            throw ofElements ? BacnetError.notAList() : BacnetError.writeAccessDenied();
        }
        if (arrayIndex != null) {
            throw BacnetError.notAnArray();
        }
        in.open(ELEMENTS);
        List<Destination> elements = new ArrayList<>();
        while (!in.closes(ELEMENTS)) {
            elements.add(destination(in));
        }
        in.optionalContext(PRIORITY);
        in.end();
        change.make(list, elements);
    }

    // Walked through first: what BACnet4J gets to read then has every tag and length that it expects.
    private static Destination destination(TagReader in) throws Refusal {
        byte[] octets = in.octetsOf(() -> {
            in.bits(DAYS);
            in.time();
            in.time();
            if (!in.hasContext(0)) {
                in.open(1);
                in.unsigned();
                in.octets();
                in.close(1);
            } else {
                in.context(0);
            }
            in.unsigned();
            in.bool();
            in.bits(TRANSITIONS);
        });
        try {
            return new Destination(new ByteQueue(octets));
        } catch (BACnetException | RuntimeException e) {
            throw Refusal.reject(RejectReason.invalidParameterDataType);
        }
    }
}
