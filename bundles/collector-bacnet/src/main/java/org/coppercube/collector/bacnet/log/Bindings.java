// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.Station;

/** The devices that have described themselves, and how each is spoken to. Changed in the loop, read by anybody. */
public final class Bindings {
    /** Gets to know a device, again whenever it has described itself anew. */
    @FunctionalInterface
    public interface Audience {
        void described(int instance, Contact contact, Collection<ObjectId> logs);
    }

    private final List<Audience> audience;
    private final Map<Integer, Contact> contacts = new ConcurrentSkipListMap<>();

    public Bindings(Audience... audience) {
        this.audience = List.of(audience);
    }

    /** A device has told who it is and which logs it has. */
    public void described(int instance, Contact contact, Collection<ObjectId> logs) {
        contacts.put(instance, contact);
        audience.forEach(one -> one.described(instance, contact, logs));
    }

    /** A device is not looked for any longer. */
    public void forget(int instance) {
        contacts.remove(instance);
    }

    /** Whether this device is there. */
    public boolean isAt(int instance, Station station) {
        Contact contact = contacts.get(instance);
        return contact != null && contact.station().equals(station);
    }

    public void forEach(BiConsumer<Integer, Contact> what) {
        contacts.forEach(what);
    }
}
