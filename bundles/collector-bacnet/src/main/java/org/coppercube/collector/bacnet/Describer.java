// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.coppercube.api.trend.TrendLog;

/** Asks a device who it is and which logs it has. Belongs to the loop. */
final class Describer {
    /**
     * What a device told.
     *
     * @param ahead how much its clock is ahead of ours; zero if it did not say
     */
    record Description(String name, Duration ahead, List<TrendLog> logs) {
    }

    private static final int MOST_OBJECTS = 100_000;

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

    CompletableFuture<Description> describe() {
        PropertyRef name = new PropertyRef(device, PropertyRef.OBJECT_NAME);
        PropertyRef maxApdu = new PropertyRef(device, PropertyRef.MAX_APDU);
        PropertyRef date = new PropertyRef(device, PropertyRef.LOCAL_DATE);
        PropertyRef time = new PropertyRef(device, PropertyRef.LOCAL_TIME);
        return questionnaire.read(List.of(name, maxApdu, date, time), 4).thenCompose(told -> {
            told.get(maxApdu).unsigned().ifPresent(contact::accepts);
            Duration ahead = ahead(told.get(date), told.get(time));
            String called = told.get(name).name();
            return objects().thenCompose(objects ->
                    new LogDescriber(questionnaire, device, site, zone, called).describe(objects))
                    .thenApply(logs -> new Description(called, ahead, logs));
        });
    }

    private Duration ahead(PropertyValue date, PropertyValue time) {
        LocalDateTime shown = date.read(day -> time.read(hour -> LogRecord.time(joined(day, hour).tags())).orElse(null))
                .orElse(null);
        return shown == null ? Duration.ZERO : Duration.between(LocalDateTime.now(zone), shown);
    }

    private static Part joined(Part one, Part two) {
        byte[] bytes = new byte[one.to() - one.from() + two.to() - two.from()];
        System.arraycopy(one.bytes(), one.from(), bytes, 0, one.to() - one.from());
        System.arraycopy(two.bytes(), two.from(), bytes, one.to() - one.from(), two.to() - two.from());
        return new Part(bytes);
    }

    private CompletableFuture<List<ObjectId>> objects() {
        return questionnaire.array(new PropertyRef(device, PropertyRef.OBJECT_LIST), MOST_OBJECTS).thenApply(list ->
                list.stream().flatMap(part -> part.objects().stream()).flatMap(List::stream).toList());
    }
}
