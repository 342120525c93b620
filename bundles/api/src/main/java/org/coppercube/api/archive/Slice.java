// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import java.util.List;
import org.coppercube.api.trend.Sample;

/**
 * Neighbouring samples of one log and one run, in record order.
 *
 * @param run the run
 * @param samples one or more
 */
public record Slice(int run, List<Sample> samples) {
}
