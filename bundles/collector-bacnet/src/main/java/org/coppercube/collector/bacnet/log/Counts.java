// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.net.ProtocolException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.PropertyValue;

/**
 * How many records a log holds, and the number of the newest.
 *
 * @param total 0 where the device does not count
 * @param refused whether it says that it does not
 */
public record Counts(long held, long total, boolean refused) {
    /** The last sequence number; after it comes 1 (ASHRAE 135, 12.25.16). */
    static final long LAST_NUMBER = 0xFFFF_FFFFL;

    /** Whether the records can have numbers. */
    boolean areNumbered() {
        return total > 0 || held == 0;
    }

    /** Whether the numbers began again at 1 within the records held. */
    boolean hasWrapped() {
        return held > total;
    }

    /** Number of the oldest record held; each record has the number that the total had when it was made. */
    long oldest() {
        return total - held + (hasWrapped() ? LAST_NUMBER : 0) + 1;
    }

    /** What has to be asked to know them. */
    public static List<PropertyRef> refs(ObjectId log) {
        return List.of(new PropertyRef(log, PropertyRef.RECORD_COUNT),
                new PropertyRef(log, PropertyRef.TOTAL_RECORD_COUNT));
    }

    /** Asks for them; fails if the device does not say how many records it holds. */
    static CompletableFuture<Counts> ask(Means means, Contact contact, ObjectId log) {
        return means.properties().read(contact, refs(log)).thenApply(told -> {
            try {
                return of(log, told);
            } catch (ProtocolException e) {
                throw new CompletionException(e);
            }
        });
    }

    /** @throws ProtocolException if the device does not say how many records it holds */
    public static Counts of(ObjectId log, Map<PropertyRef, PropertyValue> told) throws ProtocolException {
        PropertyValue held = told.get(refs(log).get(0));
        if (held.unsigned().isEmpty()) {
            throw new ProtocolException(
                    "it does not tell its record count (" + held.refusal().orElse("it is no number") + ")");
        }
        PropertyValue total = told.get(refs(log).get(1));
        return new Counts(held.unsigned().getAsLong(), total.unsigned().orElse(0), total.isRefused());
    }
}
