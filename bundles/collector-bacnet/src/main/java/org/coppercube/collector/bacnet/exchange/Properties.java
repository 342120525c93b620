// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.exchange;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.coppercube.collector.bacnet.message.Failures;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.PropertyValue;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Refused;

/** Reads properties of a device: many in one question where it can, one by one where it cannot. Belongs to the loop. */
public final class Properties {
    private final Requests requests;

    public Properties(Requests requests) {
        this.requests = requests;
    }

    /**
     * Reads properties. A list that is refused is cut in two until it is taken.
     *
     * @return one value for each; fails only when the device does not answer
     */
    public CompletableFuture<Map<PropertyRef, PropertyValue>> read(Contact contact, List<PropertyRef> refs) {
        if (refs.isEmpty()) {
            return CompletableFuture.completedFuture(new HashMap<>());
        }
        if (refs.size() == 1) {
            return one(contact, refs.get(0));
        }
        Questions.Question question = Questions.readProperties(refs);
        if (!contact.takesLists() || question.length() > contact.maxApdu()) {
            return halves(contact, refs);
        }
        return requests.ask(contact, question).thenApply(answer -> {
            try {
                return complete(PropertyValue.list(answer), refs);
            } catch (ProtocolException e) {
                throw new CompletionException(e);
            }
        }).exceptionallyCompose(failure -> {
            IOException cause = Failures.io(failure);
            if (cause instanceof Refused refused && refused.isUnknownService()) {
                contact.takesNoLists();
            }
            return cause instanceof Refused || cause instanceof ProtocolException ? halves(contact, refs)
                    : CompletableFuture.failedFuture(cause);
        });
    }

    private CompletableFuture<Map<PropertyRef, PropertyValue>> halves(Contact contact, List<PropertyRef> refs) {
        int middle = refs.size() / 2;
        return read(contact, refs.subList(0, middle)).thenCompose(
                first -> read(contact, refs.subList(middle, refs.size())).thenApply(second -> {
                    first.putAll(second);
                    return first;
                }));
    }

    private CompletableFuture<Map<PropertyRef, PropertyValue>> one(Contact contact, PropertyRef ref) {
        return requests.ask(contact, Questions.readProperty(ref)).thenApply(answer -> {
            try {
                return PropertyValue.single(answer, ref);
            } catch (ProtocolException e) {
                throw new CompletionException(e);
            }
        }).exceptionallyCompose(failure -> {
            IOException cause = Failures.io(failure);
            return cause instanceof Refused || cause instanceof ProtocolException
                    ? CompletableFuture.completedFuture(PropertyValue.refused(cause))
                    : CompletableFuture.failedFuture(cause);
        }).thenApply(value -> new HashMap<>(Map.of(ref, value)));
    }

    private static Map<PropertyRef, PropertyValue> complete(Map<PropertyRef, PropertyValue> values,
            List<PropertyRef> refs) {
        PropertyValue missing = PropertyValue.refused(new ProtocolException("not in the device's answer"));
        refs.forEach(ref -> values.putIfAbsent(ref, missing));
        return values;
    }
}
