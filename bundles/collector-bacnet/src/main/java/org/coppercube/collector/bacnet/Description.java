// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.util.List;
import java.util.SortedMap;
import org.coppercube.api.trend.TrendLog;

/**
 * What a device has told of its logs.
 *
 * @param logs one series each; of a Trend Log Multiple one a member
 * @param untold Trend Logs Multiple of which nobody knows the members, and why
 */
record Description(List<TrendLog> logs, SortedMap<ObjectId, String> untold) {

    /** What is missing, in words; empty if nothing is. */
    String trouble() {
        if (untold.isEmpty()) {
            return "";
        }
        String which = untold.firstKey() + (untold.size() == 1 ? "" : " and " + (untold.size() - 1) + " others");
        return which + " cannot be collected: " + untold.get(untold.firstKey());
    }
}
