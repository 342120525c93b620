// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.coppercube.api.trend.TrendLog;

/** Asks a device who it is and which logs it has. Belongs to the loop. */
final class Describer {
    private static final int MOST_OBJECTS = 100_000;
    private static final int PROPERTY_BYTES = 30; // of an answer; one of four is a text

    private final Questionnaire questionnaire;
    private final Contact contact;
    private final ObjectId device;
    private final String site;
    private final ZoneId zone;

    Describer(Properties properties, Contact contact, int instance, String site, ZoneId zone) {
        this.questionnaire = new Questionnaire(properties, contact);
        this.contact = contact;
        this.device = ObjectId.device(instance);
        this.site = site;
        this.zone = zone;
    }

    CompletableFuture<List<TrendLog>> describe() {
        PropertyRef name = new PropertyRef(device, PropertyRef.OBJECT_NAME);
        PropertyRef maxApdu = new PropertyRef(device, PropertyRef.MAX_APDU);
        return questionnaire.read(List.of(name, maxApdu), PROPERTY_BYTES).thenCompose(told -> {
            told.get(maxApdu).unsigned().ifPresent(contact::accepts);
            return objects().thenCompose(objects ->
                    new LogDescriber(questionnaire, device, site, zone, told.get(name).name()).describe(objects));
        });
    }

    private CompletableFuture<List<ObjectId>> objects() {
        return questionnaire.array(new PropertyRef(device, PropertyRef.OBJECT_LIST), MOST_OBJECTS).thenApply(list ->
                list.stream().flatMap(part -> part.objects().stream()).flatMap(List::stream).toList());
    }
}
