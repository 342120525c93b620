// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;

/**
 * How far a log has got, up to some record of it.
 *
 * @param records how many records there are so far: our own count of them
 * @param position feed position of the last of them
 * @param run its run; 0 when there is none
 * @param sequence the last sequence number it accounts for
 * @param device the last sample of that run which is no gap; null when there is none
 * @param samples how many of those held are no gap
 * @param lost how many records all gaps held stand for
 * @param earliest time of all held that are no gap
 * @param latest time, likewise
 * @param chain value of the {@link Chain} at the last chunk of the log; null when it has none
 */
record Progress(long records, long position, int run, long sequence, Sample device, long samples, long lost,
        long earliest, long latest, String chain) {

    static final Progress NONE = new Progress(0, 0, 0, 0, null, 0, 0, 0, 0, null);

    /** Without some of the oldest. @param times of what is left */
    Progress without(long fewerSamples, long fewerLost, Times times) {
        return new Progress(records, position, run, sequence, device, samples - fewerSamples, lost - fewerLost,
                times.first(), times.last(), chain);
    }

    Progress after(Stretch stretch) {
        Sample newest = stretch.run() == run ? device : null;
        long held = samples;
        long gone = lost;
        long from = earliest;
        long to = latest;
        long accounted = 0;
        for (Sample sample : stretch.samples()) {
            if (sample.reading() instanceof Reading.Gap gap) {
                gone += gap.count();
            } else {
                from = held == 0 ? sample.time() : Math.min(from, sample.time());
                to = held == 0 ? sample.time() : Math.max(to, sample.time());
                held++;
                newest = sample;
            }
            accounted = sample.lastSequence();
        }
        return new Progress(records + stretch.samples().size(), stretch.last(), stretch.run(), accounted, newest, held,
                gone, from, to, chain);
    }

    Progress chained(String value) {
        return new Progress(records, position, run, sequence, device, samples, lost, earliest, latest, value);
    }
}
