// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import com.serotonin.bacnet4j.LocalDevice;
import com.serotonin.bacnet4j.RemoteDevice;
import com.serotonin.bacnet4j.event.DeviceEventAdapter;
import com.serotonin.bacnet4j.npdu.ip.IpNetworkBuilder;
import com.serotonin.bacnet4j.npdu.ip.IpNetworkUtils;
import com.serotonin.bacnet4j.service.acknowledgement.AcknowledgementService;
import com.serotonin.bacnet4j.service.acknowledgement.ReadPropertyAck;
import com.serotonin.bacnet4j.service.acknowledgement.ReadPropertyMultipleAck;
import com.serotonin.bacnet4j.service.acknowledgement.ReadRangeAck;
import com.serotonin.bacnet4j.service.confirmed.ConfirmedRequestService;
import com.serotonin.bacnet4j.service.confirmed.ReadPropertyMultipleRequest;
import com.serotonin.bacnet4j.service.confirmed.ReadPropertyRequest;
import com.serotonin.bacnet4j.service.confirmed.ReadRangeRequest;
import com.serotonin.bacnet4j.service.unconfirmed.WhoIsRequest;
import com.serotonin.bacnet4j.transport.DefaultTransport;
import com.serotonin.bacnet4j.type.constructed.Address;
import com.serotonin.bacnet4j.type.constructed.DateTime;
import com.serotonin.bacnet4j.type.constructed.LogRecord;
import com.serotonin.bacnet4j.type.constructed.ReadAccessResult;
import com.serotonin.bacnet4j.type.constructed.ReadAccessSpecification;
import com.serotonin.bacnet4j.type.constructed.SequenceOf;
import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.Real;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** A farm on loopback, with BACnet4J as the client. */
public class FarmTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:07Z");
    private static final ObjectIdentifier LOG = new ObjectIdentifier(ObjectType.trendLog, 1);

    /** Either sends the parser of BACnet4J 6.0.0 into an endless loop; the second was sent by a real controller. */
    private static final String[] FREEZERS = {
        "810a00210100100209001c020000012c0000000139004e0a02002e2dfff0000000",
        "810b009c0100100409071a02022e000000050000002001b0c806000000020003a9840000000b5e0d9f83005443ae0000"
            + "00070fae01b03803100000004045fff0000fb701b050021000000020000000010ffb01b050031000000040428700000f"
            + "fc01b050041000000020000000030ffd01b05005100000004042c800000ffe01b050061000000020000000070fa001b0"
            + "e80d1000000020000000032f"};

    @Rule
    public final Timeout timeout = Timeout.seconds(120);

    private final BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
    private List<Controller> devices;
    private Farm farm;
    private LocalDevice client;

    @Before
    public void open() throws Exception {
        Play play = new Play(NOW, "--devices=3", "--all-kinds", "--time-zone=Europe/Berlin");
        devices = play.devices();
        farm = Farm.open(play.settings(), play.clock(), devices);
        IpNetworkBuilder network = new IpNetworkBuilder().withLocalBindAddress("127.0.0.1")
                .withBroadcast("127.255.255.255", 8).withPort(farm.port()).withReuseAddress(true);
        client = new LocalDevice(4_000_000, new DefaultTransport(network.build()));
        client.initialize();
        client.getEventHandler().addListener(new DeviceEventAdapter() {
            @Override
            public void iAmReceived(RemoteDevice device) {
                heard.add(device.getInstanceNumber());
            }
        });
    }

    @After
    public void close() throws Exception {
        farm.close();
        client.terminate();
    }

    @Test
    public void allDevicesAnswerABroadcastWhoIs() throws Exception {
        client.sendGlobalBroadcast(new WhoIsRequest());
        assertEquals(Set.of(1001, 1002, 1003), hear(3));
    }

    @Test
    public void onlyTheDevicesInTheRangeAnswer() throws Exception {
        client.sendGlobalBroadcast(new WhoIsRequest(1002, 1002));
        assertEquals(Set.of(1002), hear(1));
        client.send(address(3), new WhoIsRequest());
        assertEquals(Set.of(1003), hear(1));
    }

    @Test
    public void everyPropertyOfEveryObjectIsReadable() throws Exception {
        for (int device = 1; device <= 3; device++) {
            SequenceOf<ObjectIdentifier> objects = objects(device);
            assertEquals(device == 1 ? 15 : 13, objects.size());
            for (ObjectIdentifier object : objects) {
                for (ReadAccessResult.Result result : properties(device, object, PropertyIdentifier.all)) {
                    boolean refused = PropertyIdentifier.logBuffer.equals(result.getPropertyIdentifier());
                    assertEquals(object + " " + result, refused, result.isError());
                }
            }
        }
    }

    @Test
    public void requiredAndOptionalPropertiesMakeUpAll() throws Exception {
        int required = properties(1, LOG, PropertyIdentifier.required).size();
        int optional = properties(1, LOG, PropertyIdentifier.optional).size();
        assertEquals(properties(1, LOG, PropertyIdentifier.all).size(), required + optional);
    }

    @Test
    public void recordsAreTheSameBySequencePositionAndTime() throws Exception {
        Log log = devices.get(0).logs().get(0);
        long now = NOW.toEpochMilli();
        long oldest = log.oldest(now);

        ReadRangeAck bySequence = read(new ReadRangeRequest.BySequenceNumber(oldest + 10, 5));
        assertEquals(oldest + 10, bySequence.getFirstSequenceNumber().longValue());
        assertFalse(bySequence.getResultFlags().isMoreItems());
        ReadRangeAck byPosition = read(new ReadRangeRequest.ByPosition(11, 5));
        assertNull(byPosition.getFirstSequenceNumber());
        ReadRangeAck byTime = read(new ReadRangeRequest.ByTime(wall(log.timeline().timeOf(oldest + 9)), 5));
        assertEquals(oldest + 10, byTime.getFirstSequenceNumber().longValue());
        ReadRangeAck backwards = read(new ReadRangeRequest.ByTime(wall(log.timeline().timeOf(oldest + 15)), -5));
        assertEquals(oldest + 10, backwards.getFirstSequenceNumber().longValue());

        for (int i = 0; i < 5; i++) {
            LogRecord record = (LogRecord) bySequence.getItemData().get(i);
            assertEquals(wall(log.timeline().timeOf(oldest + 10 + i)), record.getTimestamp());
            double value = ((TrendLog) log.contents()).point().valueAt(log.timeline().timeOf(oldest + 10 + i));
            assertEquals(value, record.<Real>getChoice().floatValue(), 1e-5);
            assertEquals(record, byPosition.getItemData().get(i));
            assertEquals(record, byTime.getItemData().get(i));
            assertEquals(record, backwards.getItemData().get(i));
        }
    }

    @Test
    public void aLogIsReadToItsEndInPieces() throws Exception {
        Log log = devices.get(0).logs().get(0);
        long next = log.oldest(NOW.toEpochMilli());
        ReadRangeAck ack = read(new ReadRangeRequest.BySequenceNumber(next, 20_000));
        assertTrue(ack.getResultFlags().isFirstItem());
        while (ack.getResultFlags().isMoreItems()) {
            assertFalse(ack.getResultFlags().isLastItem());
            assertEquals(66, ack.getItemCount().intValue());
            next += 66;
            ack = read(new ReadRangeRequest.BySequenceNumber(next, 20_000));
        }
        assertTrue(ack.getResultFlags().isLastItem());
        assertEquals(log.newest(NOW.toEpochMilli()), next + ack.getItemCount().intValue() - 1);
    }

    @Test
    public void everyKindOfRecordThatTheClientKnowsIsDecoded() throws Exception {
        Log log = devices.get(0).logs().get(6);
        long round = EveryKind.ROUND.size();
        long first = log.oldest(NOW.toEpochMilli()) / round * round + round + 1;
        ReadRangeAck ack = get(1, new ReadRangeRequest(new ObjectIdentifier(ObjectType.trendLog, 7),
                PropertyIdentifier.logBuffer, null, new ReadRangeRequest.BySequenceNumber(first, (int) round - 2)));
        for (int i = 0; i < round - 2; i++) { // the last two are of the kind any-value, which BACnet4J cannot decode
            LogRecord record = (LogRecord) ack.getItemData().get(i);
            assertEquals(EveryKind.ROUND.get(i).value(), record.getChoice());
            assertEquals(EveryKind.ROUND.get(i).flags(), record.getStatusFlags());
        }
    }

    @Test
    public void theDatagramsThatFreezeBacnet4jChangeNothing() throws Exception {
        try (DatagramSocket hostile = new DatagramSocket()) {
            for (String freezer : FREEZERS) {
                byte[] datagram = HexFormat.of().parseHex(freezer);
                for (String target : new String[] {"127.0.1.1", "127.255.255.255"}) {
                    InetAddress address = InetAddress.getByName(target);
                    hostile.send(new DatagramPacket(datagram, datagram.length, address, farm.port()));
                }
            }
        }
        client.sendGlobalBroadcast(new WhoIsRequest());
        assertEquals(Set.of(1001, 1002, 1003), hear(3));
        assertEquals(5, read(new ReadRangeRequest.ByPosition(1, 5)).getItemCount().intValue());
    }

    private Set<Integer> hear(int devices) throws InterruptedException {
        Set<Integer> instances = new TreeSet<>();
        for (int i = 0; i < devices; i++) {
            Integer instance = heard.poll(60, TimeUnit.SECONDS);
            assertTrue("only " + instances + " answered", instance != null);
            instances.add(instance);
        }
        return instances;
    }

    private DateTime wall(long time) {
        WallTime wall = devices.get(0).clock().wall(time);
        return new DateTime(wall.date(), wall.time());
    }

    private ReadRangeAck read(ReadRangeRequest.ByPosition range) throws Exception {
        return get(1, new ReadRangeRequest(LOG, PropertyIdentifier.logBuffer, null, range));
    }

    private ReadRangeAck read(ReadRangeRequest.BySequenceNumber range) throws Exception {
        return get(1, new ReadRangeRequest(LOG, PropertyIdentifier.logBuffer, null, range));
    }

    private ReadRangeAck read(ReadRangeRequest.ByTime range) throws Exception {
        return get(1, new ReadRangeRequest(LOG, PropertyIdentifier.logBuffer, null, range));
    }

    private SequenceOf<ReadAccessResult.Result> properties(int device, ObjectIdentifier object,
            PropertyIdentifier which) throws Exception {
        ReadPropertyMultipleAck ack = get(device, new ReadPropertyMultipleRequest(
                new SequenceOf<>(new ReadAccessSpecification(object, which))));
        return ack.getListOfReadAccessResults().get(0).getListOfResults();
    }

    private SequenceOf<ObjectIdentifier> objects(int device) throws Exception {
        ReadPropertyAck ack = get(device, new ReadPropertyRequest(
                new ObjectIdentifier(ObjectType.device, 4_194_303), PropertyIdentifier.objectList));
        return ack.getValue();
    }

    private <T extends AcknowledgementService> T get(int device, ConfirmedRequestService request) throws Exception {
        return client.send(address(device), request).get();
    }

    private Address address(int device) {
        return IpNetworkUtils.toAddress("127.0.1." + device, farm.port());
    }
}
