// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import java.util.List;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;

/**
 * Samples of one log on their way into the archive.
 *
 * @param log whose they are
 * @param run 1 or more: counts how often the log's numbering began anew
 * @param samples in the device's order; each sequence number is above the {@link Sample#lastSequence} before it
 */
public record Batch(TrendLogId log, int run, List<Sample> samples) {

    /** @throws IllegalArgumentException naming the sample that is out of order, or a run below 1 */
    public Batch {
        if (run < 1) {
            throw new IllegalArgumentException("run of " + log + " is " + run + "; it must be 1 or more");
        }
        samples = List.copyOf(samples);
        long last = -1;
        for (Sample sample : samples) {
            if (sample.sequence() <= last) {
                throw new IllegalArgumentException(
                        log + " run " + run + ": sequence " + sample.sequence() + " comes after " + last);
            }
            last = sample.lastSequence();
        }
    }
}
