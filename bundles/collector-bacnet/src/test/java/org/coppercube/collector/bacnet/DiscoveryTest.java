// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Test;

public class DiscoveryTest {
    private final Loop loop = new Loop("test");
    private final AtomicInteger asked = new AtomicInteger();

    @After
    public void close() {
        loop.close();
    }

    private Discovery discovery(int devices, Runnable each) {
        DeviceRanges ranges = new DeviceRanges(List.of(new DeviceRanges.Range(1, devices)), List.of());
        return new Discovery(loop, ranges, slice -> {
            asked.incrementAndGet();
            each.run();
        });
    }

    @Test
    public void beginsAnewWhenItIsStartedAgain() {
        Discovery discovery = discovery(100, () -> { });
        loop.execute(discovery::start);
        Await.until("all is asked for", () -> discovery.passes() == 1);
        assertEquals(1, asked.get());
        loop.execute(discovery::start);
        Await.until("it is asked for again", () -> asked.get() == 2);
        assertEquals("the waits are short again", 0, discovery.passes());
    }

    @Test
    public void goesOnWhenAQuestionFails() {
        Discovery discovery = discovery(200_000, () -> {
            throw new IllegalStateException("cannot be asked");
        });
        loop.execute(discovery::start);
        Await.until("all is asked for", () -> discovery.passes() == 1);
        assertEquals(4, asked.get());
    }
}
