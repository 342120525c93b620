// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import java.util.List;
import java.util.Map;
import org.coppercube.collector.bacnet.link.Absent;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.PropertyValue;

/**
 * What a device is recognised by: addresses are given away anew, and anybody can announce any instance.
 *
 * @param name object name, empty if not told
 * @param vendor vendor identifier, -1 if not told
 */
record Identity(String name, int vendor) {
    static final Identity UNKNOWN = new Identity("", -1);

    /** What has to be asked to know it. */
    static List<PropertyRef> refs(ObjectId device) {
        return List.of(new PropertyRef(device, PropertyRef.OBJECT_NAME),
                new PropertyRef(device, PropertyRef.VENDOR_IDENTIFIER));
    }

    /** @throws Absent if neither is told, though both are required of a device (ASHRAE 135, 12.11) */
    static Identity of(ObjectId device, Map<PropertyRef, PropertyValue> told) throws Absent {
        PropertyValue name = told.get(refs(device).get(0));
        PropertyValue vendor = told.get(refs(device).get(1));
        Identity identity = new Identity(name.name(), (int) vendor.unsigned().orElse(-1));
        if (identity.equals(UNKNOWN)) {
            throw new Absent("no device " + device.instance() + " is there ("
                    + name.refusal().orElse("it has no name") + ")");
        }
        return identity;
    }

    /** How another differs from this, in words; empty if it does not. What is not told is no difference. */
    String difference(Identity other) {
        if (!name.isEmpty() && !other.name.isEmpty() && !name.equals(other.name)) {
            return "the device there is not called " + name + " but " + other.name;
        }
        return vendor == -1 || other.vendor == -1 || vendor == other.vendor ? ""
                : "the device there is not of vendor " + vendor + " but of " + other.vendor;
    }

    /** What the same device told later; it may refuse what it usually tells. */
    Identity with(Identity later) {
        return new Identity(later.name.isEmpty() ? name : later.name, later.vendor == -1 ? vendor : later.vendor);
    }
}
