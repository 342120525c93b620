// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import org.coppercube.api.trend.TrendLog;

/**
 * What the archive has of one log. What retention has dropped from its beginning is neither held nor lost.
 *
 * @param log the log
 * @param samples how many samples are held, gaps not counted
 * @param lost how many records are known to be lost, the sum of all gaps
 * @param first earliest time held, 1/100 s since 1970 UTC; meaningless when nothing is held
 * @param last latest time held, likewise
 * @param run the run in progress, 0 when nothing was ever archived
 * @param lastSequence last sequence number accounted for in that run
 */
public record Holding(TrendLog log, long samples, long lost, long first, long last, int run, long lastSequence) {
}
