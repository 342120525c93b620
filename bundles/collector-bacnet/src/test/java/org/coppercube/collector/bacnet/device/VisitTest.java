// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import static org.junit.Assert.assertEquals;

import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.coppercube.collector.bacnet.MemoryIntake;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.exchange.Meter;
import org.coppercube.collector.bacnet.exchange.Properties;
import org.coppercube.collector.bacnet.exchange.Requests;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.log.Bindings;
import org.coppercube.collector.bacnet.log.Hold;
import org.coppercube.collector.bacnet.log.Means;
import org.coppercube.collector.bacnet.message.Failures;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Courtesy;
import org.junit.Assert;
import org.junit.Test;

public class VisitTest {

    @Test
    public void aSilentDeviceIsNotedEvenIfThereIsNothingToRead() throws Exception {
        try (Loop loop = new Loop("test")) {
            Requests requests = new Requests(loop, (to, apdu) -> { },
                    new Courtesy(Duration.ofMillis(20), 0, 1, 0, null), new Meter());
            Means means = new Means(loop, requests, new Properties(requests), new MemoryIntake(), new Hold(),
                    ZoneOffset.UTC, new Bindings());
            Contact contact = new Contact(new Station(new InetSocketAddress("127.0.0.1", 1)), 480);
            Greeting greeting = new Greeting(1, new ClockWatch("device 1", ZoneOffset.UTC));
            CompletableFuture<Boolean> visit = new CompletableFuture<>();
            loop.execute(() -> new Visit(means, contact, greeting, List.of()).run().whenComplete((gone, failure) -> {
                if (failure == null) {
                    visit.complete(gone);
                } else {
                    visit.completeExceptionally(Failures.cause(failure));
                }
            }));
            ExecutionException failed =
                    Assert.assertThrows(ExecutionException.class, () -> visit.get(15, TimeUnit.SECONDS));
            assertEquals(SocketTimeoutException.class, failed.getCause().getClass());
        }
    }
}
