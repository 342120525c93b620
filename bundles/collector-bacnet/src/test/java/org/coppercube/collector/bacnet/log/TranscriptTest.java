// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.ZoneOffset;
import java.util.List;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.Test;

public class TranscriptTest {

    @Test
    public void aDeviceWithoutAClockDoesNotFillTheMemory() {
        Transcript transcript = new Transcript(ZoneOffset.UTC, new Timeline(ZoneOffset.UTC, 0, Long.MIN_VALUE, 0), 1);
        for (int i = 1; i <= 25_000; i++) {
            transcript.record(i, null, 0, new Reading.Null());
        }
        List<Sample> written = transcript.take().get(0).samples();
        assertEquals(20_000, written.size());
        assertEquals(20_000, written.get(19_999).sequence());
        assertTrue(written.stream().allMatch(sample -> sample.timeSource() == Sample.TimeSource.READ));
    }
}
