// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.net.ProtocolException;
import java.util.List;
import java.util.Map;

/** How many records a log holds, and the number of the newest. */
record Counts(long held, long total) {

    /** Number of the oldest record held; each record has the number that the total had when it was made. */
    long oldest() {
        return Math.max(1, total - held + 1);
    }

    /** What has to be asked to know them. */
    static List<PropertyRef> refs(ObjectId log) {
        return List.of(new PropertyRef(log, PropertyRef.RECORD_COUNT),
                new PropertyRef(log, PropertyRef.TOTAL_RECORD_COUNT));
    }

    /** @throws ProtocolException if the device does not say it */
    static Counts of(ObjectId log, Map<PropertyRef, PropertyValue> told) throws ProtocolException {
        PropertyValue held = told.get(refs(log).get(0));
        PropertyValue total = told.get(refs(log).get(1));
        if (held.unsigned().isEmpty() || total.unsigned().isEmpty()) {
            throw new ProtocolException("it does not tell its record counts ("
                    + held.refusal().or(total::refusal).orElse("they are no numbers") + ")");
        }
        return new Counts(held.unsigned().getAsLong(), total.unsigned().getAsLong());
    }
}
