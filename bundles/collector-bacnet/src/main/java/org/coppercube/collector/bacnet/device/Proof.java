// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.exchange.Properties;
import org.coppercube.collector.bacnet.link.Absent;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.PropertyValue;

/**
 * What shows that a device is the one we know, at another address: vendor, name, and some of the logs that we archive
 * from it, all in one question.
 */
record Proof(Greeting known, List<ObjectId> logs) {
    /** @return why it is not that device; empty if it is; fails if it does not answer */
    CompletableFuture<String> ask(Properties properties, Contact candidate) {
        List<PropertyRef> refs = new ArrayList<>(known.who());
        logs.forEach(log -> refs.add(new PropertyRef(log, PropertyRef.OBJECT_IDENTIFIER)));
        return properties.read(candidate, refs).thenApply(this::objection);
    }

    private String objection(Map<PropertyRef, PropertyValue> told) {
        try {
            String difference = known.differs(told);
            Optional<ObjectId> missing = logs.stream().filter(log -> !told.get(
                    new PropertyRef(log, PropertyRef.OBJECT_IDENTIFIER)).objects().equals(Optional.of(List.of(log))))
                    .findAny();
            return !difference.isEmpty() ? difference
                    : missing.map(log -> "the device there has no " + log).orElse("");
        } catch (Absent e) {
            throw new CompletionException(e);
        }
    }
}
