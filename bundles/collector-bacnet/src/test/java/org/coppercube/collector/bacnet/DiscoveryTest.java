// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.settings.DeviceRanges;
import org.junit.After;
import org.junit.Test;

public class DiscoveryTest {
    private final Loop loop = new Loop("test");
    private final List<Integer> asked = new CopyOnWriteArrayList<>(); // and how many passes there were then
    private volatile Discovery discovery;

    @After
    public void close() {
        loop.close();
    }

    private void begin(int devices, Runnable each) {
        DeviceRanges ranges = new DeviceRanges(List.of(new DeviceRanges.Range(1, devices)), List.of());
        discovery = new Discovery(loop, ranges, slice -> {
            asked.add(discovery.passes());
            each.run();
        });
        loop.execute(discovery::start);
    }

    @Test
    public void beginsAnewWhenItIsStartedAgain() {
        begin(100, () -> { });
        Await.until("all is asked for", () -> discovery.passes() == 1);
        loop.execute(discovery::start);
        Await.until("it is asked for again", () -> asked.size() == 2);
        assertEquals("the waits are short again", List.of(0, 0), asked);
    }

    @Test
    public void goesOnWhenAQuestionFails() {
        begin(200_000, () -> {
            throw new IllegalStateException("cannot be asked");
        });
        Await.until("all is asked for", () -> discovery.passes() == 1);
        assertEquals(4, asked.size());
    }
}
