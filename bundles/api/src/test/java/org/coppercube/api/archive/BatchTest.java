// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.List;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.junit.Test;

public class BatchTest {

    private static final TrendLogId LOG = TrendLogId.parse("hq.1200.TL5");
    private static final Sample GAP = new Sample(3, 0, 0, new Reading.Gap(4, Reading.Gap.Cause.OVERFLOW));

    @Test
    public void takesNumbersThatRise() {
        assertEquals(3, new Batch(LOG, 1, List.of(sample(1), GAP, sample(7))).samples().size());
    }

    @Test
    public void refusesNumbersThatDoNot() {
        assertThrows(IllegalArgumentException.class, () -> new Batch(LOG, 1, List.of(sample(2), sample(2))));
        assertThrows(IllegalArgumentException.class, () -> new Batch(LOG, 1, List.of(GAP, sample(6))));
        assertThrows(IllegalArgumentException.class, () -> new Batch(LOG, 0, List.of()));
    }

    private static Sample sample(long sequence) {
        return new Sample(sequence, 0, 0, new Reading.Real(1));
    }
}
