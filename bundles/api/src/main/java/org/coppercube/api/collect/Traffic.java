// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.collect;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What collecting has cost a network since its configuration came into force.
 *
 * @param requests questions put to devices, repetitions not counted
 * @param retries repetitions of these
 * @param timeouts questions that were never answered
 * @param refusals questions answered with an Error, a Reject or an Abort
 * @param outstanding questions that wait for their answers now
 * @param median response time that half of the latest answers kept within; zero before the first answer
 * @param p95 response time that 95 of 100 of them kept within
 * @param p99 response time that 99 of 100 of them kept within
 * @param dropped datagrams that were not let in, by reason
 */
public record Traffic(long requests, long retries, long timeouts, long refusals, int outstanding, Duration median,
        Duration p95, Duration p99, SortedMap<String, Long> dropped) {

    /** Nothing was asked yet. */
    public static final Traffic NONE =
            new Traffic(0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Collections.emptySortedMap());

    /** @throws NullPointerException if {@code dropped} is null */
    public Traffic {
        dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
    }
}
