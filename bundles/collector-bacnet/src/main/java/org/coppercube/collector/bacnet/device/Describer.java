// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.PropertyValue;
import org.coppercube.collector.bacnet.message.Questions;

/** Asks a device which logs it has. Belongs to the loop. */
final class Describer {
    private static final int MOST_OBJECTS = 100_000;

    private final Questionnaire questionnaire;
    private final Contact contact;
    private final ObjectId device;
    private final String name;
    private final String site;
    private final ZoneId zone;

    /** @param name of the device, which it has told before */
    Describer(Questionnaire questionnaire, Contact contact, int instance, String name, String site, ZoneId zone) {
        this.questionnaire = questionnaire;
        this.contact = contact;
        this.device = ObjectId.device(instance);
        this.name = name;
        this.site = site;
        this.zone = zone;
    }

    CompletableFuture<Description> describe() {
        PropertyRef maxApdu = new PropertyRef(device, PropertyRef.MAX_APDU);
        return questionnaire.read(List.of(maxApdu), Questions.LONGEST_ANSWER).thenCompose(told -> {
            told.get(maxApdu).unsigned().ifPresent(contact::accepts);
            return questionnaire.array(new PropertyRef(device, PropertyRef.OBJECT_LIST), MOST_OBJECTS);
        }).thenCompose(list -> new LogDescriber(questionnaire, device, site, zone, name).describe(
                list.stream().flatMap(part -> part.objects().stream()).flatMap(List::stream).toList(), unlisted(list)));
    }

    private static String unlisted(List<PropertyValue> list) {
        return list.stream().filter(part -> part.objects().isEmpty()).findFirst()
                .map(part -> "a part of its object list is not told ("
                        + part.refusal().orElse("it cannot be understood") + ")").orElse("");
    }
}
