// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.collector.bacnet.message.ObjectId;

/**
 * What a device has told of its logs.
 *
 * @param logs one series each; of a Trend Log Multiple one a member
 * @param untold Trend Logs Multiple of which nobody knows the members, and why
 * @param unlisted why there may be more objects than it has listed; empty if there are not
 */
record Description(List<TrendLog> logs, SortedMap<ObjectId, String> untold, String unlisted) {

    /** Whether the device may have this log, though it is not among those told. */
    boolean mayHave(ObjectId log) {
        return !unlisted.isEmpty() || untold.containsKey(log);
    }

    /** What is missing, in words; empty if nothing is. */
    String trouble() {
        String others = untold.size() > 1 ? " and " + (untold.size() - 1) + " others" : "";
        return Stream.concat(Stream.of(unlisted), untold.entrySet().stream().limit(1)
                        .map(one -> one.getKey() + others + " cannot be collected: " + one.getValue()))
                .filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
    }
}
