// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.List;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;

/**
 * What a chunk's readings amount to, so that a chart of ten years need not open every chunk.
 *
 * @param count how many readings are finite numbers
 * @param sum of them
 * @param extremes the samples with the smallest and the largest of them, in record order; none when there are none,
 *        one when it is the same
 */
record Summary(int count, double sum, List<Sample> extremes) {

    static Summary of(List<Sample> samples) {
        int count = 0;
        double sum = 0;
        Sample least = null;
        Sample most = null;
        for (Sample sample : samples) {
            double magnitude = magnitude(sample);
            if (Double.isFinite(magnitude)) {
                count++;
                sum += magnitude;
                least = least == null || magnitude < magnitude(least) ? sample : least;
                most = most == null || magnitude > magnitude(most) ? sample : most;
            }
        }
        return new Summary(count, sum, inOrder(least, most));
    }

    /** The reading as a number; NaN for one that takes no part in charts. */
    static double magnitude(Sample sample) {
        return sample.reading() instanceof Reading.Numeric reading ? reading.magnitude() : Double.NaN;
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter();
        out.varint(count);
        out.varint(Double.doubleToRawLongBits(sum));
        out.octet(extremes.size());
        SampleCodec.write(extremes, out);
        return out.toByteArray();
    }

    static Summary decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        return new Summary((int) in.varint(), Double.longBitsToDouble(in.varint()), SampleCodec.read(in.octet(), in));
    }

    private static List<Sample> inOrder(Sample least, Sample most) {
        List<Sample> extremes = new ArrayList<>();
        if (least != null) {
            boolean leastFirst = least.sequence() <= most.sequence();
            extremes.add(leastFirst ? least : most);
            if (least != most) {
                extremes.add(leastFirst ? most : least);
            }
        }
        return extremes;
    }
}
