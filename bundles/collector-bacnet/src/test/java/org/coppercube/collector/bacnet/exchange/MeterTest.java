// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.exchange;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.util.TreeMap;
import org.coppercube.api.collect.Traffic;
import org.junit.Test;

public class MeterTest {
    private final Meter meter = new Meter();

    private void assertTimes(long median, long p95, long p99) {
        Traffic traffic = meter.traffic(new TreeMap<>());
        assertEquals(Duration.ofNanos(median), traffic.median());
        assertEquals(Duration.ofNanos(p95), traffic.p95());
        assertEquals(Duration.ofNanos(p99), traffic.p99());
    }

    @Test
    public void saysWithinWhichTimeDevicesAnswer() {
        assertEquals(Traffic.NONE, meter.traffic(new TreeMap<>()));
        meter.took(7);
        assertTimes(7, 7, 7);
        for (int time = 100; time > 0; time--) {
            meter.took(time);
        }
        assertTimes(50, 95, 99);
    }

    @Test
    public void onlyTheLatestCount() {
        for (int i = 0; i < 2000; i++) {
            meter.took(1_000_000);
        }
        for (int i = 0; i < 1024; i++) {
            meter.took(5);
        }
        assertTimes(5, 5, 5);
    }
}
