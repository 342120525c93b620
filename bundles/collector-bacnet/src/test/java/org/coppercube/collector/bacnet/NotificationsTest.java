// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.collector.bacnet.link.Frames;
import org.coppercube.collector.bacnet.message.Questions;
import org.junit.After;
import org.junit.Test;

/** Devices that tell when a log has filled up. */
public class NotificationsTest {
    private static final String NO_CLASS = "29115e910291205f";
    private static final String CLASS_5 = "29114e21054f";
    /** Process 0x4343, of device 1, about its trend log 1: class 5, priority 9, buffer-ready, to normal. */
    private static final String READY = "0a4343" + "1c02000001" + "2c05000001" + "3e" + "1907" + "3f" + "4905" + "5909"
            + "690a" + "8900" + "9901" + "a900" + "b900"
            + "ce" + "ae" + "0e" + "0c05000001" + "1983" + "0f" + "1900" + "2914" + "af" + "cf";

    private static final String EVER = "8201fe" + "b400000000" + "b4173b3b63";

    private final int port = TestMachine.freePort();
    private final InetSocketAddress us = new InetSocketAddress("127.0.31.1", port);
    private final MemoryIntake intake = new MemoryIntake();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile String refusal = "";
    private Farm farm;
    private Collector network;

    @After
    public void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private void begin(Object... settings) throws Exception {
        farm = new Farm(1, 2, 10, port, this::serve);
        open.add(farm);
        network = new TestMachine().network(intake, settings);
        open.add(network);
        Await.until("it is collected", () -> network.network().state() == NetworkState.State.COLLECTING);
    }

    private void begin() throws Exception {
        begin("port", port, "local.port", port, "devices", farm(), "notifications", true);
    }

    private String farm() {
        return "1@127.1.0.1:" + port;
    }

    private byte[] serve(byte[] request, byte[] answer) {
        questions.incrementAndGet();
        if (request[3] == Questions.ADD_LIST_ELEMENT || request[3] == Questions.REMOVE_LIST_ELEMENT) {
            changes.add(HexFormat.of().formatHex(request, 3, request.length));
            String how = request[3] == Questions.ADD_LIST_ELEMENT && !refusal.isEmpty() ? refusal : "20%02x%02x";
            return Hex.bytes(how.formatted(request[2], request[3]));
        }
        return Hex.bytes(HexFormat.of().formatHex(answer).replace(NO_CLASS, CLASS_5));
    }

    /** Sends something from the device's own address and port, which the farm has. */
    private void notifyUs(String apdu) throws Exception {
        farm.send(1, us, Hex.bytes("0104" + apdu));
    }

    @Test
    public void weAreEnteredWhereADeviceKnowsTheOthersAndTakenOutAtTheEnd() throws Exception {
        begin();
        Await.until("we are entered", () -> changes.size() == 1);
        String entry = "0c03c00005" + "1966" + "3e" + EVER + "1e" + "2100" + "65067f001f01" + "%04x".formatted(port)
                + "1f" + "224343" + "11" + "820520" + "3f"; // a configured device has our address
        assertEquals(List.of("08" + entry), changes);
        network.close();
        Await.until("we are taken out", () -> changes.size() >= 2);
        assertEquals("the same entry", "09" + entry, changes.get(1));
    }

    @Test
    public void aDeviceThatAnnouncedItselfFindsUsInTheSameWay() throws Exception {
        farm = new Farm(1, 2, 10, port, this::serve);
        open.add(farm);
        network = new TestMachine().network(intake, "port", port, "local.port", port, "notifications", true);
        open.add(network);
        Await.until("it is heard and we are entered", () -> {
            try {
                farm.send(1, us, Hex.bytes("0100" + "1000c4020000012205c49103210f"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return !changes.isEmpty();
        });
        assertEquals("08" + "0c03c00005" + "1966" + "3e" + EVER + "0c023ffed0" + "224343" + "11" + "820520" + "3f",
                changes.get(0));
    }

    @Test
    public void aNotificationIsAcknowledgedAndBringsTheNewRecords() throws Exception {
        begin();
        farm.grow(20);
        notifyUs("00050702" + READY);
        Await.until("the new records are archived", () -> intake.count() == 2 * 20);
        assertEquals(List.of("200702"), farm.acknowledgements());
        assertEquals(0, network.traffic().dropped().getOrDefault("service", 0L).intValue());
        Await.until("the visit is over", () -> network.traffic().outstanding() == 0);
        farm.grow(30);
        notifyUs("1003" + READY);
        Await.until("the next visit is made after a moment", () -> intake.count() == 2 * 30);
    }

    @Test
    public void howeverManyComeTheDeviceIsVisitedSeldom() throws Exception {
        begin();
        Await.until("we are entered", () -> changes.size() == 1);
        Await.until("the visit is over", () -> network.traffic().outstanding() == 0);
        int before = questions.get();
        for (int i = 1; i <= 30; i++) {
            int times = i;
            notifyUs("0005%02x02".formatted(i) + READY);
            Await.until("it is acknowledged", () -> farm.acknowledgements().size() == times);
            Await.until("no visit is under way", () -> network.traffic().outstanding() == 0);
        }
        for (int i = 0; i < 2000; i++) {
            notifyUs("1003" + READY);
        }
        Await.until("there are more than we take",
                () -> network.traffic().dropped().getOrDefault("flood", 0L) > 1000);
        farm.grow(20);
        Await.until("it is visited again", () -> intake.count() == 2 * 20);
        assertTrue("asked " + (questions.get() - before), questions.get() - before < 15);
    }

    @Test
    public void nobodyElseIsListenedTo() throws Exception {
        begin();
        try (DatagramSocket stranger = new DatagramSocket(new InetSocketAddress("127.0.31.66", 0))) {
            byte[] frame = Frames.wrap(Frames.UNICAST, Hex.bytes("0104" + "00050702" + READY)).array();
            stranger.send(new DatagramPacket(frame, frame.length, us));
        }
        Await.until("it is counted", () -> network.traffic().dropped().getOrDefault("stranger", 0L) == 1);
        notifyUs("00050802" + READY.replace("1c02000001", "1c02000002")); // of another device
        Await.until("it is counted", () -> network.traffic().dropped().getOrDefault("stranger", 0L) == 2);
        notifyUs("00050902" + "0a4343");
        Await.until("it is counted", () -> network.traffic().dropped().getOrDefault("tags", 0L) == 1);
        assertEquals(List.of(), farm.acknowledgements());
    }

    @Test
    public void anAlarmOfTheSameClassIsAcknowledgedAndNoMore() throws Exception {
        begin();
        Await.until("we are entered", () -> changes.size() == 1);
        Await.until("the visit is over", () -> network.traffic().outstanding() == 0);
        long before = network.traffic().requests();
        notifyUs("00050702" + READY.replace("690a", "6905"));
        Await.until("it is acknowledged", () -> farm.acknowledgements().size() == 1);
        assertEquals(before, network.traffic().requests());
    }

    @Test
    public void withoutBeingAskedForNothingIsEnteredAndNothingIsLetIn() throws Exception {
        begin("port", port, "local.port", port, "devices", farm());
        notifyUs("00050702" + READY);
        Await.until("it is counted", () -> network.traffic().dropped().getOrDefault("service", 0L) == 1);
        assertEquals(List.of(), farm.acknowledgements());
        assertEquals(List.of(), changes);
    }

    @Test
    public void aDeviceThatRefusesIsNamed() throws Exception {
        refusal = "50%02x%02x91029128"; // write-access-denied
        begin();
        Await.until("it is told", () -> network.check().detail().contains(
                "1 devices do not notify: 1 (notification class 5: property, write-access-denied)"));
        assertFalse("it is no trouble", network.check().publicLine().contains("Not everything"));
    }
}
