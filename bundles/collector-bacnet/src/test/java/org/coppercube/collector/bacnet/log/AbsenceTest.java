// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.Await;
import org.coppercube.collector.bacnet.Collector;
import org.coppercube.collector.bacnet.MemoryIntake;
import org.coppercube.collector.bacnet.ScriptedDevice;
import org.coppercube.collector.bacnet.TestMachine;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A collector that is exchanged while a device is away. */
public class AbsenceTest {
    private static final TrendLogId LOG = new TrendLogId("hq", 7, TrendLogId.Kind.TL, 1);

    private final int port = TestMachine.freePort();
    private final MemoryIntake intake = new MemoryIntake();
    private ScriptedDevice device;
    private Collector network;

    @Before
    public void startDevice() throws Exception {
        device = new ScriptedDevice(7, "127.0.31.7", port, "Plant", 5);
        device.logs(1);
    }

    @After
    public void closeAll() {
        network.close();
        device.close();
    }

    private void collect() {
        network = new TestMachine().network(intake, "port", port, "devices", "7@127.0.31.7", "time.zone", "UTC");
    }

    /** Ten records an hour apart fill the buffer, and the newest is so old when another collector begins. */
    private void exchangeCollector(Duration age) {
        device.log(1, 10, 10, Duration.ofHours(1));
        device.madeAt(LocalDateTime.now(ZoneOffset.UTC).minus(age));
        collect();
        Await.until("all is archived", () -> intake.count() == 10);
        network.close();
        device.silent(true);
        collect();
        Await.until("it is missed", () -> network.devices().get(0).cause().equals("no answer"));
        device.log(1, 30, 10, Duration.ofHours(1));
        device.madeAt(LocalDateTime.now(ZoneOffset.UTC));
        device.silent(false);
        Await.until("it is collected again", () -> intake.count() > 10);
    }

    @Test
    public void knowsThatItWasAwayWhenTheBufferOverflowed() {
        exchangeCollector(Duration.ofHours(5));
        assertEquals("1: 1-10 DEVICE_AWAY 11-20 21-30", Story.of(intake, LOG));
    }

    @Test
    public void claimsNothingOfABufferThatMayHaveOverflowedBefore() {
        exchangeCollector(Duration.ofHours(50));
        assertEquals("1: 1-10 OVERFLOW 11-20 21-30", Story.of(intake, LOG));
    }
}
