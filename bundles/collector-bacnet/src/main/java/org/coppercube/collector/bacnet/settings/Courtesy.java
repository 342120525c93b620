// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.settings;

import java.time.Duration;
import org.coppercube.collector.bacnet.exchange.Line;

/**
 * How much a network is asked.
 *
 * @param timeout how long an answer may take
 * @param retries how often a question is repeated; more often where a device answers over a bad {@link Line}
 * @param outstanding questions under way at once to devices that answer, not counting those over a bad line
 * @param perSecond questions a second, repetitions not counted; 0 for as many as the devices answer
 * @param routed what holds of each network behind a router
 */
public record Courtesy(Duration timeout, int retries, int outstanding, int perSecond, Routed routed) {

    /**
     * The same; and one more to devices there that do not answer, one to those that are not known yet, and one to those
     * over a bad {@link Line}.
     */
    public record Routed(int outstanding, int perSecond) {
    }
}
