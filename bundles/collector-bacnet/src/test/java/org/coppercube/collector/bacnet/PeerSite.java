// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;

import java.net.DatagramSocket;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.junit.rules.ExternalResource;

/** A device that BACnet4J plays, and networks that collect it over real sockets on loopback. */
final class PeerSite extends ExternalResource {
    static final int INSTANCE = 1200;

    private final MemoryIntake intake = new MemoryIntake();
    private final List<AutoCloseable> open = new ArrayList<>();
    private int port;
    private Peer peer;

    @Override
    protected void before() throws Exception {
        try (DatagramSocket any = new DatagramSocket()) {
            port = any.getLocalPort();
        }
        peer = new Peer(INSTANCE, "127.0.41.9", port);
        open.add(peer);
    }

    @Override
    protected void after() {
        for (int i = open.size() - 1; i >= 0; i--) {
            try {
                open.get(i).close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    MemoryIntake intake() {
        return intake;
    }

    Peer peer() {
        return peer;
    }

    int port() {
        return port;
    }

    Collection network(Object... keysAndValues) {
        Map<String, Object> properties = new HashMap<>(Map.of("service.pid", "org.coppercube.collector.bacnet~test",
                "site", "hq", "interface", "127.0.0.1", "port", port, "devices", INSTANCE + "@127.0.41.9",
                "time.zone", ZoneId.systemDefault().getId(), "apdu.timeout.ms", 300, "apdu.retries", 1));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        Collection network = BacnetNetwork.network(intake, properties);
        if (network instanceof Collector collector) {
            open.add(collector);
        }
        return network;
    }

    static TrendLogId id(int log) {
        return new TrendLogId("hq", INSTANCE, TrendLogId.Kind.TL, log);
    }

    void awaitCount(long count) {
        Await.until(count + " samples are archived", () -> intake.count() >= count);
        assertEquals(count, intake.count());
    }

    static List<Sample> reals(int first, int last, long start) {
        List<Sample> samples = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            Instant time = Instant.ofEpochMilli(start + i * 60_000L);
            int offset = ZoneId.systemDefault().getRules().getOffset(time).getTotalSeconds() / 60;
            samples.add(new Sample(i, Sample.hundredths(time), offset, Sample.TimeSource.RECORD,
                    i % 2 == 0 ? Sample.OVERRIDDEN : 0, new Reading.Real(i / 8f)));
        }
        return samples;
    }

    /** Names the first that differs. */
    void assertArchived(List<Sample> expected, int log, int run) {
        List<Sample> samples = intake.samples(id(log), run);
        for (int i = 0; i < Math.min(expected.size(), samples.size()); i++) {
            assertEquals(expected.get(i), samples.get(i));
        }
        assertEquals(expected.size(), samples.size());
    }
}
