// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import com.serotonin.bacnet4j.type.enumerated.EngineeringUnits;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import java.net.ProtocolException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;

/** Asks a device who it is and which trend logs it has. Belongs to the loop. */
final class Describer {
    /**
     * What a device told.
     *
     * @param ahead how much its clock is ahead of ours; zero if it did not say
     */
    record Description(String name, Duration ahead, Map<ObjectId, TrendLog> logs) {
    }

    private static final int MOST_OBJECTS = 100_000;
    private static final int ELEMENT_BYTES = 28; // of an answer, for one element of an object list
    private static final int LOG_BYTES = 280; // for one log, with two long texts
    private static final int UNITS_BYTES = 40;

    private final Properties properties;
    private final Contact contact;
    private final ObjectId device;
    private final String site;
    private final ZoneId zone;

    Describer(Properties properties, Contact contact, int instance, String site, ZoneId zone) {
        this.properties = properties;
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
        return properties.read(contact, List.of(name, maxApdu, date, time)).thenCompose(told -> {
            told.get(maxApdu).unsigned().ifPresent(contact::accepts);
            Duration ahead = ahead(told.get(date), told.get(time));
            return objects().thenCompose(objects -> logs(told.get(name).name(), objects))
                    .thenApply(logs -> new Description(told.get(name).name(), ahead, logs));
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

    /** The object list in one piece if it fits, else by its elements. */
    private CompletableFuture<List<ObjectId>> objects() {
        PropertyRef whole = new PropertyRef(device, PropertyRef.OBJECT_LIST);
        return properties.read(contact, List.of(whole)).thenCompose(
                told -> told.get(whole).objects().map(CompletableFuture::completedFuture).orElseGet(this::elements));
    }

    private CompletableFuture<List<ObjectId>> elements() {
        PropertyRef size = new PropertyRef(device, PropertyRef.OBJECT_LIST, 0);
        return properties.read(contact, List.of(size)).thenCompose(told -> {
            OptionalLong count = told.get(size).unsigned();
            if (count.isEmpty() || count.getAsLong() > MOST_OBJECTS) {
                return CompletableFuture.failedFuture(new ProtocolException("it does not tell its object list ("
                        + told.get(size).refusal().orElse("a size of " + count) + ")"));
            }
            IntFunction<PropertyRef> element = index -> new PropertyRef(device, PropertyRef.OBJECT_LIST, index);
            List<PropertyRef> refs = IntStream.rangeClosed(1, (int) count.getAsLong()).mapToObj(element).toList();
            return inParts(refs, contact.maxApdu() / ELEMENT_BYTES).thenApply(values ->
                    refs.stream().flatMap(ref -> values.get(ref).objects().stream()).flatMap(List::stream).toList());
        });
    }

    private CompletableFuture<Map<ObjectId, TrendLog>> logs(String deviceName, List<ObjectId> objects) {
        List<ObjectId> logs = objects.stream().filter(one -> one.type() == ObjectId.TREND_LOG
                && one.instance() <= TrendLogId.MAX_INSTANCE).distinct().toList();
        List<Integer> wanted = List.of(PropertyRef.OBJECT_NAME, PropertyRef.DESCRIPTION, PropertyRef.LOGGED_PROPERTY,
                PropertyRef.LOG_INTERVAL, PropertyRef.BUFFER_SIZE);
        List<PropertyRef> refs = logs.stream()
                .flatMap(log -> wanted.stream().map(property -> new PropertyRef(log, property))).toList();
        return inParts(refs, wanted.size() * Math.max(1, contact.maxApdu() / LOG_BYTES)).thenCompose(told -> {
            Map<ObjectId, Logged> logged = new HashMap<>();
            logs.forEach(log -> told.get(new PropertyRef(log, PropertyRef.LOGGED_PROPERTY)).read(Logged::read)
                    .ifPresent(what -> logged.put(log, what)));
            List<PropertyRef> units = logged.values().stream().filter(what -> what.isIn(device))
                    .map(what -> new PropertyRef(what.object, PropertyRef.UNITS)).distinct().toList();
            return inParts(units, Math.max(1, contact.maxApdu() / UNITS_BYTES)).thenApply(unitsTold -> {
                Map<ObjectId, TrendLog> result = new LinkedHashMap<>();
                logs.forEach(log -> result.put(log, log(log, deviceName, told, logged.get(log), unitsTold)));
                return result;
            });
        });
    }

    private TrendLog log(ObjectId log, String deviceName, Map<PropertyRef, PropertyValue> told, Logged logged,
            Map<PropertyRef, PropertyValue> units) {
        String objectName = told.get(new PropertyRef(log, PropertyRef.OBJECT_NAME)).name();
        String description = told.get(new PropertyRef(log, PropertyRef.DESCRIPTION)).name();
        long interval = told.get(new PropertyRef(log, PropertyRef.LOG_INTERVAL)).unsigned().orElse(0);
        long bufferSize = told.get(new PropertyRef(log, PropertyRef.BUFFER_SIZE)).unsigned().orElse(0);
        PropertyValue unit = logged == null ? null : units.get(new PropertyRef(logged.object, PropertyRef.UNITS));
        return new TrendLog(new TrendLogId(site, device.instance(), TrendLogId.Kind.TL, log.instance()),
                description.isEmpty() ? objectName : description, deviceName, objectName,
                logged == null ? null : logged.value(device), unit == null ? "" : units(unit), zone,
                Duration.ofMillis(interval * 10), bufferSize);
    }

    private static String units(PropertyValue unit) {
        OptionalLong code = unit.enumerated();
        boolean known = code.isPresent() && code.getAsLong() <= 0xFFFF;
        String name = known ? EngineeringUnits.nameForId((int) code.getAsLong()) : null;
        return name == null ? "" : name;
    }

    /** What a log records (BACnetDeviceObjectPropertyReference); device is -1 where it is the log's own. */
    private record Logged(ObjectId object, int property, int device) {
        static Logged read(Part part) throws ProtocolException {
            Tags tags = part.tags();
            ObjectId object = tags.context(0).objectId();
            int property = (int) tags.context(1).unsigned32();
            if (property < 0) { // which the library's list of names does not forgive
                throw new ProtocolException("expected a property");
            }
            tags.nextIsContext(2);
            return new Logged(object, property, tags.nextIsContext(3) ? tags.content().objectId().instance() : -1);
        }

        boolean isIn(ObjectId device) {
            return this.device == -1 || this.device == device.instance();
        }

        TrendLog.LoggedProperty value(ObjectId own) {
            return new TrendLog.LoggedProperty(device == -1 ? own.instance() : device, object.toString(),
                    PropertyIdentifier.forId(property).toString());
        }
    }

    private CompletableFuture<Map<PropertyRef, PropertyValue>> inParts(List<PropertyRef> refs, int size) {
        return inParts(refs, Math.max(1, size), 0, new HashMap<>());
    }

    private CompletableFuture<Map<PropertyRef, PropertyValue>> inParts(List<PropertyRef> refs, int size, int from,
            Map<PropertyRef, PropertyValue> sum) {
        if (from >= refs.size()) {
            return CompletableFuture.completedFuture(sum);
        }
        int to = Math.min(refs.size(), from + size);
        return properties.read(contact, new ArrayList<>(refs.subList(from, to))).thenCompose(values -> {
            sum.putAll(values);
            return inParts(refs, size, to, sum);
        });
    }
}
