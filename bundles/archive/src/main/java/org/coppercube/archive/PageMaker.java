// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.List;
import java.util.OptionalLong;
import org.coppercube.api.archive.Page;
import org.coppercube.api.trend.Sample;

/** Fills one page of samples; the next page starts at the first sample that found no room. */
final class PageMaker {

    private final Times times;
    private final long start;
    private final int limit;
    private final Slices slices = new Slices();
    private OptionalLong next = OptionalLong.empty();

    PageMaker(Times times, long start, int limit) {
        this.times = times;
        this.start = start;
        this.limit = limit;
    }

    /** @return whether there is room for more */
    boolean add(Stretch stretch) {
        List<Sample> samples = stretch.samples();
        for (int i = stretch.indexOf(start); i < samples.size() && !isFull(); i++) {
            if (times.has(stretch.time(i))) {
                if (slices.size() == limit) {
                    next = OptionalLong.of(stretch.position(i));
                } else {
                    slices.add(stretch.run(), samples.get(i));
                }
            }
        }
        return !isFull();
    }

    boolean isFull() {
        return next.isPresent();
    }

    Page page() {
        return new Page(slices.end(), next);
    }
}
