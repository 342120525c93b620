// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.util.Comparator;

/**
 * Where a device stands in a list.
 *
 * @param home its network, or its site
 * @param instance its instance number
 */
record DeviceKey(String home, int instance) implements Comparable<DeviceKey> {

    private static final Comparator<DeviceKey> ORDER =
            Comparator.comparing(DeviceKey::home).thenComparingInt(DeviceKey::instance);

    /** Reads what {@link #toString} writes. */
    static DeviceKey parse(String text) {
        int end = text.lastIndexOf(' ');
        return new DeviceKey(text.substring(0, end), Integer.parseInt(text.substring(end + 1)));
    }

    @Override
    public int compareTo(DeviceKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return home + ' ' + instance;
    }
}
