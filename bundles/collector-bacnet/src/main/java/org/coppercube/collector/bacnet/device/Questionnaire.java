// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.exchange.Properties;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.PropertyValue;

/**
 * Many questions to one device, put in parts whose answers fit into a datagram. What it has told it is not asked again
 * when it falls silent in between: over a bad line it would never come to an end. Belongs to the loop.
 */
final class Questionnaire {
    private static final int ELEMENT_BYTES = 28; // of an answer, for one element of an array
    private static final Duration LONGEST = Duration.ofMinutes(10); // other devices stand in line

    private final Properties properties;
    private final Contact contact;
    private final Bounds bounds;
    private final LongSupplier nanos;
    private final Map<PropertyRef, PropertyValue> told = new HashMap<>();
    private Object edition;
    private long first;
    private long begin;

    Questionnaire(Properties properties, Contact contact, Bounds bounds, LongSupplier nanos) {
        this.properties = properties;
        this.contact = contact;
        this.bounds = bounds;
        this.nanos = nanos;
    }

    /** @param edition of the device: if it is another than before, what it has told does not count any more */
    void begin(Object edition) {
        begin = nanos.getAsLong();
        if (!edition.equals(this.edition) || begin - first > Acquaintance.HOLDS.toNanos()) {
            forget();
        }
        this.edition = edition;
    }

    /** All is told, or nobody wants to know any more. */
    void forget() {
        bounds.release(told.size());
        told.clear();
    }

    private void keep(Map<PropertyRef, PropertyValue> values) {
        if (told.isEmpty()) {
            first = nanos.getAsLong();
        }
        values.forEach((ref, value) -> {
            if (!told.containsKey(ref) && bounds.keep()) {
                told.put(ref, value);
            }
        });
    }

    /** @param bytes that an answer has, about, for one of these; as many go into a question as the answer can hold */
    CompletableFuture<Map<PropertyRef, PropertyValue>> read(List<PropertyRef> refs, int bytes) {
        Map<PropertyRef, PropertyValue> sum = new HashMap<>();
        List<PropertyRef> untold = new ArrayList<>();
        refs.forEach(ref -> {
            if (told.containsKey(ref)) {
                sum.put(ref, told.get(ref));
            } else {
                untold.add(ref);
            }
        });
        return inParts(untold, bytes, 0, sum);
    }

    private CompletableFuture<Map<PropertyRef, PropertyValue>> inParts(List<PropertyRef> refs, int bytes, int from,
            Map<PropertyRef, PropertyValue> sum) {
        if (from >= refs.size()) {
            return CompletableFuture.completedFuture(sum);
        }
        if (nanos.getAsLong() - begin > LONGEST.toNanos()) {
            return CompletableFuture.failedFuture(new InterruptedIOException(
                    "it takes longer than " + LONGEST.toMinutes() + " min to tell its objects"));
        }
        int size = contact.takesLists() ? Math.max(1, contact.maxApdu() / bytes) : 1;
        int to = Math.min(refs.size(), from + size);
        return properties.read(contact, new ArrayList<>(refs.subList(from, to))).thenCompose(values -> {
            keep(values);
            sum.putAll(values);
            return inParts(refs, bytes, to, sum);
        });
    }

    /**
     * Reads an array.
     *
     * @return the whole of it in one piece if it fits, else its elements
     */
    CompletableFuture<List<PropertyValue>> array(PropertyRef whole, int most) {
        return read(List.of(whole), ELEMENT_BYTES).thenCompose(values -> values.get(whole).refusal().isEmpty()
                ? CompletableFuture.completedFuture(List.of(values.get(whole))) : elements(whole, most));
    }

    private CompletableFuture<List<PropertyValue>> elements(PropertyRef whole, int most) {
        PropertyRef size = whole.element(0);
        return properties.read(contact, List.of(size)).thenCompose(values -> {
            OptionalLong count = values.get(size).unsigned();
            if (count.isEmpty() || count.getAsLong() > most) {
                bounds.release(told.remove(whole) == null ? 0 : 1); // it is what has to be asked again
                return CompletableFuture.failedFuture(new ProtocolException("it does not tell its "
                        + PropertyIdentifier.nameForId(whole.property()).replace('-', ' ') + " ("
                        + values.get(size).refusal().orElse("a size of " + count) + ")"));
            }
            List<PropertyRef> refs = IntStream.rangeClosed(1, (int) count.getAsLong()).mapToObj(whole::element).toList();
            return read(refs, ELEMENT_BYTES).thenApply(elements -> refs.stream().map(elements::get).toList());
        });
    }
}
