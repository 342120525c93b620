// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.io.IOException;
import java.util.OptionalLong;
import org.coppercube.api.archive.Page;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.trend.Sample;

/** Goes through samples page by page, so that memory is bounded however many there are. */
final class Walk {

    private static final int PAGE = 2048; // about what one chunk of the archive has

    private final Pages pages;
    private final long limit;
    private final Page first;

    /** Where pages come from. */
    interface Pages {
        Page read(long start, int limit);
    }

    /** Takes the samples in turn. */
    interface Visitor {
        void visit(int run, Sample sample) throws IOException;
    }

    /** Reads the first page at once: an archive that is away is told before the answer has begun. */
    Walk(Pages pages, long start, long limit) {
        this.pages = pages;
        this.limit = limit;
        this.first = pages.read(start, size(limit));
    }

    /** @return where to go on; empty when that was all */
    OptionalLong forEach(Visitor visitor) throws IOException {
        Page page = first;
        long left = limit;
        while (true) {
            for (Slice slice : page.slices()) {
                for (Sample sample : slice.samples()) {
                    visitor.visit(slice.run(), sample);
                }
                left -= slice.samples().size();
            }
            if (left <= 0 || page.next().isEmpty()) {
                return page.next();
            }
            page = pages.read(page.next().getAsLong(), size(left));
        }
    }

    private static int size(long left) {
        return (int) Math.min(PAGE, left);
    }
}
