// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Many questions to one device, put in parts whose answers fit into a datagram. Belongs to the loop. */
final class Questionnaire {
    private static final int ELEMENT_BYTES = 28; // of an answer, for one element of an array
    private static final Duration LONGEST = Duration.ofMinutes(10); // other devices stand in line

    private final long begin = System.nanoTime();
    private final Properties properties;
    private final Contact contact;

    Questionnaire(Properties properties, Contact contact) {
        this.properties = properties;
        this.contact = contact;
    }

    /** @param bytes that an answer has, about, for one of these; as many go into a question as the answer can hold */
    CompletableFuture<Map<PropertyRef, PropertyValue>> read(List<PropertyRef> refs, int bytes) {
        return inParts(refs, Math.max(1, contact.maxApdu() / bytes), 0, new HashMap<>());
    }

    private CompletableFuture<Map<PropertyRef, PropertyValue>> inParts(List<PropertyRef> refs, int size, int from,
            Map<PropertyRef, PropertyValue> sum) {
        if (from >= refs.size()) {
            return CompletableFuture.completedFuture(sum);
        }
        if (System.nanoTime() - begin > LONGEST.toNanos()) {
            return CompletableFuture.failedFuture(new ProtocolException(
                    "it took longer than " + LONGEST.toMinutes() + " min to tell its objects"));
        }
        int to = Math.min(refs.size(), from + size);
        return properties.read(contact, new ArrayList<>(refs.subList(from, to))).thenCompose(values -> {
            sum.putAll(values);
            return inParts(refs, size, to, sum);
        });
    }

    /**
     * Reads an array.
     *
     * @return the whole of it in one piece if it fits, else its elements
     */
    CompletableFuture<List<PropertyValue>> array(PropertyRef whole, int most) {
        return properties.read(contact, List.of(whole)).thenCompose(told -> told.get(whole).refusal().isEmpty()
                ? CompletableFuture.completedFuture(List.of(told.get(whole))) : elements(whole, most));
    }

    private CompletableFuture<List<PropertyValue>> elements(PropertyRef whole, int most) {
        PropertyRef size = whole.element(0);
        return properties.read(contact, List.of(size)).thenCompose(told -> {
            OptionalLong count = told.get(size).unsigned();
            if (count.isEmpty() || count.getAsLong() > most) {
                return CompletableFuture.failedFuture(new ProtocolException("it does not tell its "
                        + PropertyIdentifier.nameForId(whole.property()).replace('-', ' ') + " ("
                        + told.get(size).refusal().orElse("a size of " + count) + ")"));
            }
            List<PropertyRef> refs = IntStream.rangeClosed(1, (int) count.getAsLong()).mapToObj(whole::element).toList();
            return read(refs, ELEMENT_BYTES).thenApply(values -> refs.stream().map(values::get).toList());
        });
    }
}
