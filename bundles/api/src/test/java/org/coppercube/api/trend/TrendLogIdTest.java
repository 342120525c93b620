// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.trend;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.coppercube.api.trend.TrendLogId.Kind;
import org.junit.Test;

public class TrendLogIdTest {

    @Test
    public void readsWhatItWrites() {
        for (String text : List.of("hq.1200.TL5", "hq.1200.TLM2.3", "hq.1200.EL1", "a-1.0.AI4194302")) {
            assertEquals(text, TrendLogId.parse(text).toString());
        }
        assertEquals(new TrendLogId("hq", 1200, Kind.TLM, 2, 3), TrendLogId.parse("hq.1200.TLM2.3"));
    }

    @Test
    public void refusesEverythingElse() {
        for (String text : List.of("", "hq", "hq.1200", "hq.1200.TL", "hq.1200.XX5", "HQ.1200.TL5", "hq.4194303.TL5",
                "hq.1200.TL5.1", "hq.1200.TLM5", "hq.1200.TLM5.0", "hq.1200.TLM5.100000", "hq.-1.TL5", "hq.1200.TL5 ", "h q.1200.TL5",
                "hq.99999999999.TL5", "a".repeat(41) + ".1.TL1")) {
            assertThrows(text, IllegalArgumentException.class, () -> TrendLogId.parse(text));
        }
    }

    @Test
    public void namesWhatIsOutOfRange() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new TrendLogId("hq", 4194303, Kind.TL, 1))
                .getMessage().startsWith("device is 4194303"));
    }

    @Test
    public void sortsBySiteThenDeviceThenNumber() {
        TreeSet<String> sorted = new TreeSet<>((a, b) -> TrendLogId.parse(a).compareTo(TrendLogId.parse(b)));
        sorted.addAll(List.of("hq.1200.TL10", "hq.1200.TL9", "hq.200.TL1", "annex.9999.TL1"));
        assertEquals(List.of("annex.9999.TL1", "hq.200.TL1", "hq.1200.TL9", "hq.1200.TL10"), List.copyOf(sorted));
    }
}
