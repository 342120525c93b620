// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.Encodable;
import com.serotonin.bacnet4j.type.constructed.BACnetArray;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.primitive.CharacterString;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import java.util.stream.IntStream;

/**
 * An object as clients see it: identity, which all types have in common, and the properties of its type.
 *
 * @param owner what the properties tell about
 */
record BacnetObject<T>(ObjectIdentifier id, String name, T owner, Properties<T> properties) {

    private static final int OBJECT_IDENTIFIER = PropertyIdentifier.objectIdentifier.intValue();
    private static final int OBJECT_NAME = PropertyIdentifier.objectName.intValue();
    private static final int OBJECT_TYPE = PropertyIdentifier.objectType.intValue();
    private static final int PROPERTY_LIST = PropertyIdentifier.propertyList.intValue();
    private static final int ALL = PropertyIdentifier.all.intValue();
    private static final int REQUIRED = PropertyIdentifier.required.intValue();
    private static final int OPTIONAL = PropertyIdentifier.optional.intValue();

    /** @param arrayIndex null for the whole property */
    Encodable read(int property, Long arrayIndex, long now) throws BacnetError {
        Encodable value = read(property, now);
        if (arrayIndex == null) {
            return value;
        }
        if (!(value instanceof BACnetArray<?> array)) {
            throw BacnetError.notAnArray();
        }
        if (arrayIndex > array.getCount()) {
            throw BacnetError.invalidArrayIndex();
        }
        return arrayIndex == 0 ? new UnsignedInteger(array.getCount()) : array.getBase1(arrayIndex.intValue());
    }

    /** What a reference stands for: itself, or all that {@code all}, {@code required} and {@code optional} mean. */
    int[] expand(int reference) {
        IntStream identity = IntStream.of(OBJECT_IDENTIFIER, OBJECT_NAME, OBJECT_TYPE);
        if (reference == ALL) {
            return IntStream.concat(identity, properties.ids()).toArray();
        }
        if (reference == REQUIRED) {
            return IntStream.concat(identity, properties.ids(true)).toArray();
        }
        return reference == OPTIONAL ? properties.ids(false).toArray() : new int[] {reference};
    }

    private Encodable read(int property, long now) throws BacnetError {
        if (property == OBJECT_IDENTIFIER) {
            return id;
        } else if (property == OBJECT_NAME) {
            return new CharacterString(name);
        } else if (property == OBJECT_TYPE) {
            return id.getObjectType();
        } else if (property == PROPERTY_LIST) {
            return new BACnetArray<>(properties.ids().mapToObj(PropertyIdentifier::forId).toList());
        }
        return properties.read(owner, property, now);
    }
}
