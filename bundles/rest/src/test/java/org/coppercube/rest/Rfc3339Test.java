// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import java.util.Random;
import org.coppercube.api.trend.Sample;
import org.junit.Test;

public class Rfc3339Test {

    @Test
    public void writtenTimesReadBackAsTheyWere() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long time = random.nextLong(-6_000_000_000_000L, 25_000_000_000_000L); // 1779 to 2762
            String text = Rfc3339.text(time);
            assertEquals(time, Rfc3339.hundredths(text));
            assertEquals(time, Sample.hundredths(Instant.parse(text)));
            assertTrue(text, text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d\\dZ"));
        }
    }

    @Test
    public void timesFarOutHaveAText() {
        assertEquals("+10000-01-01T00:00:00.00Z", Rfc3339.text(25_340_230_080_000L));
        assertEquals("1899-12-31T23:59:59.99Z", Rfc3339.text(-220_898_880_001L));
        assertEquals("-0001-12-31T00:00:00.00Z", Rfc3339.text(-6_216_730_560_000L));
        assertTrue(Rfc3339.text(Long.MAX_VALUE).startsWith("+999999999-12-31T"));
        assertTrue(Rfc3339.text(Long.MIN_VALUE).startsWith("-999999999-01-01T"));
    }
}
