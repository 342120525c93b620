// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.List;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.trend.Sample;

/** Collects samples in record order. */
final class Slices {

    private final List<Slice> done = new ArrayList<>();
    private List<Sample> samples = new ArrayList<>();
    private int run;
    private int size;

    int size() {
        return size;
    }

    void add(int ofRun, Sample sample) {
        if (ofRun != run) {
            end();
            run = ofRun;
        }
        samples.add(sample);
        size++;
    }

    List<Slice> end() {
        if (!samples.isEmpty()) {
            done.add(new Slice(run, samples));
            samples = new ArrayList<>();
        }
        return done;
    }
}
