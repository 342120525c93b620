// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import java.util.Optional;
import org.coppercube.api.trend.Sample;

/**
 * How far the archive has got with a log.
 *
 * @param run the run in progress
 * @param sequence last sequence number of that run accounted for, held or lost
 * @param last last sample of that run which came from the device itself (no gap), by which a collector recognises
 *        that the device still counts on; empty when the run holds gaps only
 */
public record ResumePoint(int run, long sequence, Optional<Sample> last) {
}
