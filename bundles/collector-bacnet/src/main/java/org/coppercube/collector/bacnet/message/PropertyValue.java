// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a device says a property has, or why it does not say. A value of an unexpected type counts as not said. */
public final class PropertyValue {
    private static final int NAME_LENGTH = 200;

    private final Part value;
    private final IOException refusal;

    private PropertyValue(Part value, IOException refusal) {
        this.value = value;
        this.refusal = refusal;
    }

    public static PropertyValue refused(IOException why) {
        return new PropertyValue(null, why);
    }

    /**
     * Reads the answer to a ReadProperty (ASHRAE 135, 15.5).
     *
     * @throws ProtocolException if it is about something else
     */
    public static PropertyValue single(Part answer, PropertyRef asked) throws ProtocolException {
        Tags tags = answer.tags();
        ObjectId object = tags.context(0).objectId();
        PropertyRef ref = ref(tags, object, 1);
        PropertyValue value = new PropertyValue(tags.pair(3), null);
        if (!ref.equals(asked)) {
            throw new ProtocolException("it is about " + ref);
        }
        return value;
    }

    /** Reads the answer to a ReadPropertyMultiple (15.7). */
    public static Map<PropertyRef, PropertyValue> list(Part answer) throws ProtocolException {
        Map<PropertyRef, PropertyValue> values = new HashMap<>();
        Tags tags = answer.tags();
        while (tags.more()) {
            ObjectId object = tags.context(0).objectId();
            Tags results = tags.pair(1).tags();
            while (results.more()) {
                PropertyRef ref = ref(results, object, 2);
                if (results.next().isOpening(4)) {
                    values.put(ref, new PropertyValue(results.rest(), null));
                } else if (results.isOpening(5)) {
                    values.put(ref, refused(Refused.error(results.rest().tags())));
                } else {
                    throw new ProtocolException("a result is neither a value nor an error");
                }
            }
        }
        return values;
    }

    private static PropertyRef ref(Tags tags, ObjectId object, int context) throws ProtocolException {
        int property = (int) tags.context(context).unsigned32();
        int index = tags.nextIsContext(context + 1) ? (int) tags.content().unsigned32() : PropertyRef.WHOLE;
        return new PropertyRef(object, property, index);
    }

    /** Why the device does not say it; empty if it does. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal).map(IOException::getMessage);
    }

    /** Whether the device says that it is without this property, or does not give it. */
    public boolean isRefused() {
        return refusal instanceof Refused refused && refused.isAboutProperty();
    }

    /** As a name to show: no control characters, no endless text, empty if it is none. */
    public String name() {
        return read(part -> part.tags().application(7).text()).map(PropertyValue::presentable).orElse("");
    }

    private static String presentable(String text) {
        String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.length() <= NAME_LENGTH ? clean : clean.substring(0, NAME_LENGTH);
    }

    public OptionalLong unsigned() {
        return read(part -> part.tags().application(2).unsigned32()).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    public OptionalLong enumerated() {
        return read(part -> part.tags().application(9).unsigned32()).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** A list of object identifiers. */
    public Optional<List<ObjectId>> objects() {
        return read(part -> {
            List<ObjectId> objects = new ArrayList<>();
            for (Tags tags = part.tags(); tags.more();) {
                objects.add(tags.application(12).objectId());
            }
            return objects;
        });
    }

    /** What a reader makes of the value. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Part part) throws ProtocolException;
    }

    /** Reads it in another way; empty if it is not said, or is no such thing. */
    public <T> Optional<T> read(Reader<T> reader) {
        try {
            return value == null ? Optional.empty() : Optional.ofNullable(reader.read(value));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }
}
