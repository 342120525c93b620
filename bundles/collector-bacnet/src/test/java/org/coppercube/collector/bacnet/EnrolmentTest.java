// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.exchange.Meter;
import org.coppercube.collector.bacnet.exchange.Properties;
import org.coppercube.collector.bacnet.exchange.Requests;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Courtesy;
import org.coppercube.collector.bacnet.settings.Settings;
import org.coppercube.collector.bacnet.settings.SettingsFile;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Our entries while time goes by. */
public class EnrolmentTest {
    private static final ObjectId LOG = new ObjectId(ObjectId.TREND_LOG, 1);
    private static final String ADDED = "08";
    private static final String REMOVED = "09";

    private final Loop loop = new Loop("test");
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final Contact contact = new Contact(new Station(new InetSocketAddress("10.0.0.7", 47808)), 1476);
    private volatile InetSocketAddress own = new InetSocketAddress("10.0.0.5", 47808);
    private volatile String notificationClass = "2105";
    private Requests requests;
    private Enrolment enrolment;

    @Before
    public void begin() throws Exception {
        Settings settings = Settings.read(new SettingsFile(Map.of("site", "hq", "interface", "10.0.0.5",
                "local.port", 47808, "notifications", true, "devices", "7@10.0.0.7")));
        Requests.Wire wire = this::serve;
        requests = new Requests(loop, wire, new Courtesy(Duration.ofMinutes(5), 0, 200, 0, null), new Meter());
        enrolment = new Enrolment(settings, loop, new Properties(requests), requests, wire, () -> own);
    }

    @After
    public void close() {
        loop.close();
    }

    private void serve(Station to, byte[] apdu) {
        String answer = "20%02x%02x";
        if (apdu[3] == Questions.READ_PROPERTY) {
            answer = "30%02x%02x" + HexFormat.of().formatHex(apdu, 4, apdu.length) + "3e" + notificationClass + "3f";
        } else {
            String hex = HexFormat.of().formatHex(apdu, 3, apdu.length);
            int address = hex.indexOf("6506") + 4;
            changes.add(hex.substring(0, 2) + " at " + hex.substring(address, address + 8));
        }
        byte[] datagram = Hex.bytes(answer.formatted(apdu[2], apdu[3]));
        loop.execute(() -> requests.answered(to, datagram, 0));
    }

    private void awaitChanges(String... wanted) {
        Await.until("the entries are " + List.of(wanted), () -> changes.size() >= wanted.length);
        assertEquals(List.of(wanted), changes);
    }

    @Test
    public void theyAreRenewedWhileTheDeviceAnswersAndFollowUsWhereWeGo() throws Exception {
        loop.execute(() -> enrolment.described(7, contact, List.of(LOG)));
        awaitChanges(ADDED + " at 0a000005");
        loop.execute(enrolment::renew);
        awaitChanges(ADDED + " at 0a000005", ADDED + " at 0a000005");
        loop.execute(() -> {
            contact.hasNotAnswered();
            enrolment.renew();
            contact.hasAnswered();
            own = new InetSocketAddress("10.0.0.6", 47808);
            enrolment.renew();
        });
        awaitChanges(ADDED + " at 0a000005", ADDED + " at 0a000005", REMOVED + " at 0a000005", ADDED + " at 0a000006");
        loop.execute(enrolment::withdraw);
        awaitChanges(ADDED + " at 0a000005", ADDED + " at 0a000005", REMOVED + " at 0a000005", ADDED + " at 0a000006",
                REMOVED + " at 0a000006", REMOVED + " at 0a000006");
    }

    @Test
    public void aClassThatNoLogUsesAnyMoreIsLeft() throws Exception {
        loop.execute(() -> enrolment.described(7, contact, List.of(LOG)));
        awaitChanges(ADDED + " at 0a000005");
        notificationClass = "23" + "3fffff"; // none
        loop.execute(() -> enrolment.described(7, contact, List.of(LOG)));
        awaitChanges(ADDED + " at 0a000005", REMOVED + " at 0a000005");
        Await.until("it is told",
                () -> "none of its logs has a notification class".equals(enrolment.refusals().get(7)));
    }
}
