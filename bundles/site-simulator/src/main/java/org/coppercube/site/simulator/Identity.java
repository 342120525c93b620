// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;

/** Who a device says it is. */
record Identity(int instance, String name, String description, int vendor, String vendorName) {

    private static final int VENDOR = 555; // reserved by ASHRAE: no vendor has it
    private static final int OTHER_VENDOR = 556;

    static Identity of(int instance, String name, String description) {
        return new Identity(instance, name, description, VENDOR, "CopperCube (simulated)");
    }

    ObjectIdentifier id() {
        return new ObjectIdentifier(ObjectType.device, instance);
    }

    /** A device that was given an instance number which is taken. */
    Identity twin() {
        return new Identity(instance, name + " Twin", description, OTHER_VENDOR, "Another Vendor (simulated)");
    }
}
