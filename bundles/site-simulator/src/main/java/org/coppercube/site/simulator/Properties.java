// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.Encodable;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The properties that all objects of one type have, each computed when it is read. */
final class Properties<T> {

    /** What a property is at a time, in milliseconds of simulated time since 1970. */
    @FunctionalInterface
    interface Value<T> {
        Encodable of(T owner, long now) throws BacnetError;
    }

    private record Property<T>(boolean required, Value<T> value) {
    }

    private final Map<Integer, Property<T>> byId = new LinkedHashMap<>();

    Properties<T> required(PropertyIdentifier id, Value<T> value) {
        byId.put(id.intValue(), new Property<>(true, value));
        return this;
    }

    Properties<T> optional(PropertyIdentifier id, Value<T> value) {
        byId.put(id.intValue(), new Property<>(false, value));
        return this;
    }

    Encodable read(T owner, int id, long now) throws BacnetError {
        Property<T> property = byId.get(id);
        if (property == null) {
            throw BacnetError.unknownProperty();
        }
        return property.value.of(owner, now);
    }

    IntStream ids() {
        return byId.keySet().stream().mapToInt(Integer::intValue);
    }

    IntStream ids(boolean required) {
        return ids().filter(id -> byId.get(id).required == required);
    }
}
