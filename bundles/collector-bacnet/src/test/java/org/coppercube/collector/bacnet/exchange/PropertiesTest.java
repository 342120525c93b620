// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.exchange;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.coppercube.collector.bacnet.Hex;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.PropertyValue;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Courtesy;
import org.junit.Test;

public class PropertiesTest {
    private final List<Integer> lengths = new CopyOnWriteArrayList<>();
    private Requests requests;

    @Test
    public void noQuestionIsLongerThanTheDeviceTakes() throws Exception {
        try (Loop loop = new Loop("test")) {
            requests = new Requests(loop, (to, apdu) -> {
                lengths.add(apdu.length);
                loop.execute(() -> requests.answered(to, Hex.bytes("60%02x04".formatted(apdu[2])), 0)); // refused
            }, new Courtesy(Duration.ofMinutes(5), 0, 1, 0, null), new Meter());
            Contact contact = new Contact(new Station(new InetSocketAddress("10.0.0.1", 47808)), 50);
            List<PropertyRef> refs = IntStream.rangeClosed(1, 30)
                    .mapToObj(log -> new PropertyRef(new ObjectId(ObjectId.TREND_LOG, log), 141)).toList();
            CompletableFuture<Map<PropertyRef, PropertyValue>> values = new CompletableFuture<>();
            loop.execute(() -> new Properties(requests).read(contact, refs).thenAccept(values::complete));
            assertEquals(30, values.get(1, TimeUnit.MINUTES).size());
            assertTrue(lengths.toString(), lengths.stream().allMatch(length -> length <= 50));
            assertTrue("lists are asked for", lengths.stream().anyMatch(length -> length > 30));
        }
    }
}
