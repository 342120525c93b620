// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

public class DroppedTest {
    private static final InetSocketAddress SOMEBODY = new InetSocketAddress("10.0.0.66", 1234);

    private final List<String> lines = new ArrayList<>();
    private long now = Long.MIN_VALUE;
    private final Dropped dropped = new Dropped(() -> now, lines::add);

    private void flood(Fence.Verdict reason, int count) {
        for (int i = 0; i < count; i++) {
            dropped.count(reason, SOMEBODY);
        }
    }

    @Test
    public void aFloodIsOneLineAReasonAndOneMoreEachHourThatItLasts() {
        flood(Fence.Verdict.LINK_LAYER, 100_000);
        flood(Fence.Verdict.TAGS, 1);
        assertEquals(2, lines.size());
        assertTrue(lines.get(1), lines.get(1).contains("tags that overrun") && lines.get(1).contains("10.0.0.66:1234"));
        now += TimeUnit.MINUTES.toNanos(59);
        flood(Fence.Verdict.LINK_LAYER, 100_000);
        assertEquals(2, lines.size());
        now += TimeUnit.MINUTES.toNanos(1);
        flood(Fence.Verdict.LINK_LAYER, 100_000);
        assertEquals(3, lines.size());
        assertTrue(lines.get(2), lines.get(2).contains("200001"));
        assertEquals(Map.of("link-layer", 300_000L, "tags", 1L), dropped.counts());
    }
}
