// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Settings;
import org.coppercube.collector.bacnet.settings.SettingsFile;
import org.coppercube.collector.bacnet.settings.WrongSetting;
import org.junit.After;
import org.junit.Test;

public class TimeMasterTest {
    private static final Station STATION = new Station(new InetSocketAddress("10.0.0.7", 47808));

    private final Loop loop = new Loop("test");
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final Contact contact = new Contact(STATION, 1476);
    private volatile Instant now = Instant.parse("2026-11-23T22:30:15.250Z");

    @After
    public void close() {
        loop.close();
    }

    private void begin(String kind, boolean answers) throws WrongSetting {
        Settings settings = Settings.read(new SettingsFile(Map.of("site", "hq", "interface", "10.0.0.5",
                "time.synchronization", kind, "time.zone", "Europe/Vienna")));
        TimeMaster master = new TimeMaster(settings, () -> now, (to, apdu) -> {
            assertEquals(STATION, to);
            sent.add(HexFormat.of().formatHex(apdu));
        }, loop);
        if (answers) {
            contact.hasAnswered();
        }
        loop.execute(() -> master.described(7, contact, List.of()));
        loop.execute(() -> master.described(7, contact, List.of()));
    }

    @Test
    public void aDeviceIsToldUtcOnce() throws Exception {
        begin("utc", true);
        Await.until("it is told", () -> !sent.isEmpty());
        assertEquals(List.of("1009" + "a47e0b1701" + "b4161e0f19"), sent);
    }

    @Test
    public void orTheTimeOfItsZone() throws Exception {
        begin("local", true);
        Await.until("it is told", () -> !sent.isEmpty());
        assertEquals("a Monday, an hour later", List.of("1006" + "a47e0b1701" + "b4171e0f19"), sent);
    }

    @Test
    public void nothingIsToldWhileOurOwnClockIsObviouslyWrong() throws Exception {
        now = Instant.parse("1970-01-01T00:10:00Z");
        begin("utc", true);
        CountDownLatch rounds = new CountDownLatch(3);
        loop.repeat(rounds::countDown, TimeMaster.PACE);
        rounds.await();
        assertEquals(List.of(), sent);
        now = Instant.parse("2026-01-01T00:00:00Z");
        Await.until("it is told", () -> sent.equals(List.of("1009" + "a47e010104" + "b400000000")));
    }

    @Test
    public void nothingIsToldByDefaultNorToWhomDoesNotAnswer() throws Exception {
        begin("utc", false);
        begin("off", false);
        CountDownLatch rounds = new CountDownLatch(3);
        loop.repeat(rounds::countDown, TimeMaster.PACE);
        rounds.await();
        assertTrue(sent.isEmpty());
    }
}
