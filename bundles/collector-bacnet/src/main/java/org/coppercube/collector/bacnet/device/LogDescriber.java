// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import com.serotonin.bacnet4j.type.enumerated.EngineeringUnits;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.log.LogBuffer;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.PropertyValue;

/** Asks a device about its Trend Logs, Trend Logs Multiple and Event Logs. Belongs to the loop. */
final class LogDescriber {
    /** A device that has more is not believed. */
    static final int MOST_LOGS = 5_000;
    private static final Set<Integer> TYPES =
            Set.of(ObjectId.TREND_LOG, ObjectId.EVENT_LOG, ObjectId.TREND_LOG_MULTIPLE);
    private static final List<Integer> WANTED = List.of(PropertyRef.OBJECT_NAME, PropertyRef.DESCRIPTION,
            PropertyRef.LOG_INTERVAL, PropertyRef.BUFFER_SIZE, PropertyRef.LOGGED_PROPERTY);
    private static final int PROPERTY_BYTES = 56; // of an answer; two of five are texts
    private static final int UNITS_BYTES = 40;
    private static final int MOST_MEMBERS = 1_000;

    private final Questionnaire questionnaire;
    private final ObjectId device;
    private final String site;
    private final ZoneId zone;
    private final String deviceName;

    LogDescriber(Questionnaire questionnaire, ObjectId device, String site, ZoneId zone, String deviceName) {
        this.questionnaire = questionnaire;
        this.device = device;
        this.site = site;
        this.zone = zone;
        this.deviceName = deviceName;
    }

    /**
     * @param objects all that the device has listed
     * @param unlisted why there may be more
     */
    CompletableFuture<Description> describe(List<ObjectId> objects, String unlisted) {
        List<ObjectId> logs = objects.stream().filter(one -> TYPES.contains(one.type())
                && one.instance() <= TrendLogId.MAX_INSTANCE).distinct().limit(MOST_LOGS).toList();
        List<PropertyRef> refs = logs.stream().flatMap(log -> wanted(log).stream()).toList();
        return questionnaire.read(refs, PROPERTY_BYTES).thenCompose(told -> {
            Map<ObjectId, List<LoggedProperty>> logged = new HashMap<>();
            logs.forEach(log -> Optional.ofNullable(told.get(new PropertyRef(log, PropertyRef.LOGGED_PROPERTY)))
                    .flatMap(value -> value.read(LoggedProperty::read)).ifPresent(list -> logged.put(log, list)));
            List<ObjectId> tooLong = logs.stream()
                    .filter(log -> log.type() == ObjectId.TREND_LOG_MULTIPLE && !logged.containsKey(log)).toList();
            SortedMap<ObjectId, String> untold = new TreeMap<>();
            return members(tooLong, logged, untold).thenCompose(done -> units(logged.values())).thenApply(units ->
                    new Description(logs.stream()
                            .flatMap(log -> series(log, told, logged.getOrDefault(log, List.of()), units).stream())
                            .limit(MOST_LOGS).toList(), untold, unlisted));
        });
    }

    private static List<PropertyRef> wanted(ObjectId log) {
        return WANTED.subList(0, log.type() == ObjectId.EVENT_LOG ? 4 : 5).stream()
                .map(property -> new PropertyRef(log, property)).toList();
    }

    /** The members of those that do not fit into one answer; or why they are not told. */
    private CompletableFuture<Void> members(List<ObjectId> logs, Map<ObjectId, List<LoggedProperty>> logged,
            Map<ObjectId, String> untold) {
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (ObjectId log : logs) { // not one from within the other: what was told before is there at once
            all = all.thenCompose(done -> members(log, logged, untold));
        }
        return all;
    }

    private CompletableFuture<Void> members(ObjectId log, Map<ObjectId, List<LoggedProperty>> logged,
            Map<ObjectId, String> untold) {
        PropertyRef whole = new PropertyRef(log, PropertyRef.LOGGED_PROPERTY);
        return questionnaire.array(whole, MOST_MEMBERS).thenAccept(elements -> {
            List<LoggedProperty> members = new ArrayList<>();
            for (PropertyValue element : elements) {
                Optional<List<LoggedProperty>> told = element.read(LoggedProperty::read);
                if (told.isEmpty()) { // nobody knows who is who
                    untold.put(whole.object(), "what one of its members is, is not told ("
                            + element.refusal().orElse("it cannot be understood") + ")");
                    return;
                }
                members.addAll(told.get());
            }
            logged.put(whole.object(), members);
        }).exceptionally(failure -> {
            untold.put(whole.object(), LogBuffer.aboutRecords(failure).getMessage());
            return null;
        });
    }

    private CompletableFuture<Map<PropertyRef, PropertyValue>> units(Collection<List<LoggedProperty>> logged) {
        return questionnaire.read(logged.stream().flatMap(List::stream).filter(what -> what.isIn(device))
                .map(what -> new PropertyRef(what.object(), PropertyRef.UNITS)).distinct().toList(), UNITS_BYTES);
    }

    /** One series; of a Trend Log Multiple one a member, those left out that refer to nothing. */
    private List<TrendLog> series(ObjectId log, Map<PropertyRef, PropertyValue> told, List<LoggedProperty> logged,
            Map<PropertyRef, PropertyValue> units) {
        if (log.type() != ObjectId.TREND_LOG_MULTIPLE) {
            TrendLogId.Kind kind = log.type() == ObjectId.EVENT_LOG ? TrendLogId.Kind.EL : TrendLogId.Kind.TL;
            TrendLogId id = new TrendLogId(site, device.instance(), kind, log.instance(), 0);
            return List.of(series(id, log, told, logged.isEmpty() ? null : logged.get(0), units));
        }
        return IntStream.rangeClosed(1, logged.size()).filter(member -> logged.get(member - 1).isUsed())
                .mapToObj(member -> series(new TrendLogId(site, device.instance(), TrendLogId.Kind.TLM, log.instance(),
                        member), log, told, logged.get(member - 1), units)).toList();
    }

    private TrendLog series(TrendLogId id, ObjectId log, Map<PropertyRef, PropertyValue> told, LoggedProperty logged,
            Map<PropertyRef, PropertyValue> units) {
        String objectName = told.get(new PropertyRef(log, PropertyRef.OBJECT_NAME)).name();
        String description = told.get(new PropertyRef(log, PropertyRef.DESCRIPTION)).name();
        long interval = log.type() == ObjectId.EVENT_LOG ? 0
                : told.get(new PropertyRef(log, PropertyRef.LOG_INTERVAL)).unsigned().orElse(0);
        long bufferSize = told.get(new PropertyRef(log, PropertyRef.BUFFER_SIZE)).unsigned().orElse(0);
        String name = description.isEmpty() ? objectName : description;
        PropertyValue unit = logged == null ? null : units.get(new PropertyRef(logged.object(), PropertyRef.UNITS));
        return new TrendLog(id, id.member() == 0 ? name : name + ": " + logged.object(), deviceName, objectName,
                logged == null ? null : logged.value(device), unit == null ? "" : units(unit), zone,
                Duration.ofMillis(interval * 10), bufferSize);
    }

    private static String units(PropertyValue unit) {
        OptionalLong code = unit.enumerated();
        boolean known = code.isPresent() && code.getAsLong() <= 0xFFFF;
        String name = known ? EngineeringUnits.nameForId((int) code.getAsLong()) : null;
        return name == null ? "" : name;
    }
}
