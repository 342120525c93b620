// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.serotonin.bacnet4j.exception.BACnetException;
import com.serotonin.bacnet4j.service.confirmed.ConfirmedEventNotificationRequest;
import com.serotonin.bacnet4j.service.confirmed.ConfirmedRequestService;
import com.serotonin.bacnet4j.type.constructed.Address;
import com.serotonin.bacnet4j.type.constructed.Destination;
import com.serotonin.bacnet4j.type.constructed.EventTransitionBits;
import com.serotonin.bacnet4j.type.constructed.Recipient;
import com.serotonin.bacnet4j.type.enumerated.EventType;
import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.notificationParameters.BufferReadyNotif;
import com.serotonin.bacnet4j.type.primitive.Boolean;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Buffer-ready notifications of one log, whose every third record is told of; its first is of 12:00:00. */
public class AnnouncerTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String HOST = "127.0.21.1";
    private static final String WHO_IS_42 = "1008" + "092a" + "192a";
    private static final String I_AM_42 = "1000" + "c40200002a" + "2205c4" + "9103" + "22022b";

    @Rule
    public final Timeout timeout = Timeout.seconds(120);

    private final List<AutoCloseable> open = new ArrayList<>();
    private Play play;
    private Farm farm;
    private Udp client;

    @After
    public void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    public void anAddressIsToldOfEachThirdRecord() throws Exception {
        open();
        enrol(toAddress(false));
        play.at(NOON.plusSeconds(120));
        ConfirmedEventNotificationRequest told = unconfirmed(client.receive());
        assertEquals(new UnsignedInteger(7), told.getProcessIdentifier());
        assertEquals(play.device().id(), told.getInitiatingDeviceIdentifier());
        assertEquals(play.log().id(), told.getEventObjectIdentifier());
        assertEquals(EventType.bufferReady, told.getEventType());
        BufferReadyNotif values = (BufferReadyNotif) told.getEventValues().getParameter();
        assertEquals(0, values.getPreviousNotification().intValue());
        assertEquals(3, values.getCurrentNotification().intValue());
        assertEquals(play.log().id(), values.getBufferProperty().getObjectIdentifier());
        play.at(NOON.plusSeconds(300));
        values = (BufferReadyNotif) unconfirmed(client.receive()).getEventValues().getParameter();
        assertEquals(3, values.getPreviousNotification().intValue());
        assertEquals(6, values.getCurrentNotification().intValue());
        assertEquals(6, number(PropertyIdentifier.lastNotifyRecord));
        assertEquals(0, number(PropertyIdentifier.recordsSinceNotification));
        assertEquals(3, number(PropertyIdentifier.notificationThreshold));
    }

    @Test
    public void aConfirmedNotificationIsRepeatedUntilItIsAcknowledged() throws Exception {
        open();
        enrol(toAddress(true));
        play.at(NOON.plusSeconds(120));
        String first = client.receive();
        assertTrue(first, first.startsWith("0104" + "0005" + "00" + "02", 8));
        assertEquals(EventType.bufferReady, notification(first.substring(20)).getEventType());
        assertEquals(first, client.receive());
        client.sendApdu(HOST, "2000" + "02");
        client.barrier(HOST);
        play.at(NOON.plusSeconds(300));
        String second = client.receive();
        assertTrue(second, second.startsWith("0104" + "0005" + "01" + "02", 8));
        assertEquals(second, client.receive()); // and the first one, which would have been due before, is not
    }

    @Test
    public void aDeviceIsLookedForByBroadcast() throws Exception {
        open();
        Sockets others = Sockets.open(InetAddress.getByName("127.255.255.255"), InetAddress.getByName(HOST), List.of(),
                farm.port());
        open.add(others);
        others.broadcast().configureBlocking(true);
        enrol(toDevice());
        play.at(NOON.plusSeconds(120));
        ByteBuffer heard = ByteBuffer.allocate(100);
        others.broadcast().receive(heard);
        assertEquals(Udp.datagram("0b", "0120" + "ffff" + "00" + "ff" + WHO_IS_42),
                HexFormat.of().formatHex(heard.array(), 0, heard.position()));
        client.sendApdu(HOST, I_AM_42);
        assertEquals(EventType.bufferReady, unconfirmed(client.receive()).getEventType());
    }

    @Test
    public void behindABbmdADeviceIsLookedForThroughIt() throws Exception {
        open("--bbmd");
        client.send("127.0.21.2", "810500060258");
        client.receive();
        enrol(toDevice());
        play.at(NOON.plusSeconds(120));
        assertEquals(Udp.datagram("04", Udp.address(HOST, farm.port()) + "0120" + "ffff" + "00" + "ff" + WHO_IS_42),
                client.receive());
        client.sendApdu(HOST, I_AM_42);
        assertEquals(EventType.bufferReady, unconfirmed(client.receive()).getEventType());
    }

    @Test
    public void behindARouterNotificationsComeThroughIt() throws Exception {
        open("--behind-router=1001");
        String router = "127.0.21.2";
        String to = "0124" + "07d1" + "0101" + "ff";
        client.send(router, Udp.datagram("0a", to + HexFormat.of().formatHex(
                Client.apdu(RecipientListTest.add(toAddress(true))))));
        assertEquals(Udp.datagram("0a", "0108" + "07d1" + "0101" + "200708"), client.receive());
        play.at(NOON.plusSeconds(120));
        String told = client.receive();
        assertTrue(told, told.startsWith("010c" + "07d1" + "0101" + "0005" + "00" + "02", 8));
    }

    @Test
    public void whoIsRemovedIsToldNoMore() throws Exception {
        open();
        enrol(toAddress(false));
        play.at(NOON.plusSeconds(120));
        unconfirmed(client.receive());
        client.sendApdu(HOST, HexFormat.of().formatHex(
                Client.apdu(RecipientListTest.remove(toAddress(false)))));
        client.receive();
        play.at(NOON.plusSeconds(300));
        enrol(toAddress(false)); // nothing is told of record 6: it was made while nobody was enrolled
        play.at(NOON.plusSeconds(480));
        BufferReadyNotif values = (BufferReadyNotif) unconfirmed(client.receive()).getEventValues().getParameter();
        assertEquals(6, values.getPreviousNotification().intValue());
        assertEquals(9, values.getCurrentNotification().intValue());
    }

    private void enrol(Destination destination) throws IOException {
        client.sendApdu(HOST, HexFormat.of().formatHex(Client.apdu(RecipientListTest.add(destination))));
        assertEquals(Udp.datagram("0a", "0100" + "200708"), client.receive());
    }

    private Destination toAddress(boolean confirmed) {
        return destination(new Recipient(new Address(0, HexFormat.of().parseHex(client.address()))), confirmed);
    }

    private static Destination toDevice() {
        return destination(new Recipient(new ObjectIdentifier(ObjectType.device, 42)), false);
    }

    private static Destination destination(Recipient recipient, boolean confirmed) {
        return new Destination(recipient, new UnsignedInteger(7), Boolean.valueOf(confirmed),
                new EventTransitionBits(true, true, true));
    }

    private static ConfirmedEventNotificationRequest unconfirmed(String datagram) throws BACnetException {
        assertTrue(datagram, datagram.startsWith("0100" + "1003", 8));
        return notification(datagram.substring(16));
    }

    /** The parameters are the same whether it is confirmed or not. */
    private static ConfirmedEventNotificationRequest notification(String parameters) throws BACnetException {
        return (ConfirmedEventNotificationRequest) ConfirmedRequestService.createConfirmedRequestService(
                ConfirmedEventNotificationRequest.TYPE_ID, new ByteQueue(HexFormat.of().parseHex(parameters)));
    }

    private long number(PropertyIdentifier property) throws BACnetException {
        return new Client(play.device()).number(play.log(), property);
    }

    private void open(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--devices=1", "--logs=1", "--bind=" + HOST, "--port=47903",
                "--anchor=" + NOON, "--interval=60", "--notify=3"));
        arguments.addAll(List.of(more));
        play = new Play(NOON, arguments.toArray(String[]::new));
        farm = Farm.open(play.settings(), play.clock(), play.devices());
        client = new Udp(farm.port());
        open.add(client);
        open.add(farm);
    }
}
