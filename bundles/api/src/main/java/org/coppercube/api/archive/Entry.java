// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import java.util.List;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;

/**
 * Samples of one log that arrived together.
 *
 * @param position position of the last of them; every sample ever archived has its own, counted from 1 in the order of
 *        arrival over all logs, so two positions differ by the number of samples between them
 * @param log whose they are, as known now
 * @param run the run they belong to
 * @param samples in record order, one or more
 */
public record Entry(long position, TrendLog log, int run, List<Sample> samples) {
}
