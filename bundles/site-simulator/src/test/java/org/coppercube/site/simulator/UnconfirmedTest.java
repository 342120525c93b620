// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import com.serotonin.bacnet4j.exception.BACnetException;
import com.serotonin.bacnet4j.service.unconfirmed.IHaveRequest;
import com.serotonin.bacnet4j.service.unconfirmed.UnconfirmedRequestService;
import com.serotonin.bacnet4j.service.unconfirmed.WhoHasRequest;
import com.serotonin.bacnet4j.type.constructed.LogRecord;
import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.primitive.CharacterString;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.Time;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.Test;

public class UnconfirmedTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final ObjectIdentifier LOG = new ObjectIdentifier(ObjectType.trendLog, 2);
    private static final String DATE = "a4" + "7e0b1701"; // 23 November 2026, a Monday

    private final Play play = new Play(NOON, "--devices=1", "--time-zone=Europe/Berlin");
    private final Controller device = play.device();

    @Test
    public void whoHasIsAnsweredByNameAndByIdentifier() throws BACnetException {
        CharacterString name = new CharacterString(device.logs().get(1).name());
        byte[] byName = answer(apdu(new WhoHasRequest(null, name)));
        byte[] byIdentifier = answer(apdu(new WhoHasRequest(null, LOG)));
        assertEquals(HexFormat.of().formatHex(byName), HexFormat.of().formatHex(byIdentifier));
        ByteQueue parameters = new ByteQueue(Arrays.copyOfRange(byName, 2, byName.length));
        assertEquals(new IHaveRequest(device.id(), LOG, name),
                UnconfirmedRequestService.createUnconfirmedRequestService(byName[1], parameters));
    }

    @Test
    public void whoHasIsForThoseMeantWhoHaveIt() {
        assertNull(answer(apdu(new WhoHasRequest(null, new CharacterString("Ark of the Covenant")))));
        assertNull(answer(apdu(new WhoHasRequest(limits(1, 1000), LOG))));
        assertEquals(1, answer(apdu(new WhoHasRequest(limits(1001, 1001), LOG)))[1]);
    }

    @Test
    public void theClockIsSetToLocalTime() throws BACnetException {
        assertNull(answer("1006" + DATE + "b4" + "0d053b00")); // 13:05:59, and it was 13:00:00
        assertEquals(new Time(13, 5, 59, 0), localTime());
        play.at(NOON.plusSeconds(60));
        assertEquals(new Time(13, 6, 59, 0), localTime());
    }

    @Test
    public void theClockIsSetToUniversalTime() throws BACnetException {
        assertNull(answer("1009" + DATE + "b4" + "0c010000"));
        assertEquals(new Time(13, 1, 0, 0), localTime());
    }

    @Test
    public void aClockThatIsSetGoesWrongAnew() throws BACnetException {
        Play drifting = new Play(NOON, "--time-zone=UTC", "--anchor=2026-11-22T12:00:00Z", "--fault=clock-drift=10s");
        Unconfirmed.answer(drifting.device(), ByteBuffer.wrap(HexFormat.of().parseHex("1009" + DATE + "b40c000000")));
        Client client = new Client(drifting.device());
        assertEquals(new Time(12, 0, 0, 0), client.property(drifting.device().id(), PropertyIdentifier.localTime));
        drifting.at(NOON.plusSeconds(86_400));
        assertEquals(new Time(12, 0, 10, 0), client.property(drifting.device().id(), PropertyIdentifier.localTime));
    }

    @Test
    public void recordsKeepTheTimeThatTheClockShowedThen() throws BACnetException {
        answer("1009" + DATE + "b4" + "0d000000");
        LogRecord newest = new Client(device).records(
                Client.bySequence(play.log(), play.log().newest(NOON.toEpochMilli()) - 1, 1)).get(0);
        assertEquals(12, newest.getTimestamp().getTime().getHour());
        play.at(NOON.plusSeconds(20));
        newest = new Client(device).records(
                Client.bySequence(play.log(), play.log().newest(NOON.toEpochMilli()) + 1, 1)).get(0);
        assertEquals(14, newest.getTimestamp().getTime().getHour());
    }

    @Test
    public void whatIsMalformedIsLeft() throws BACnetException {
        for (String bad : new String[] {"10", "1006", "1006" + DATE, "1006" + DATE + "b4" + "0dffffff", "1008" + "09",
            "1007", "1007" + "3d", "1007" + "3d" + "0a" + "0041", "1007" + "3d" + "fe00", "1063"}) {
            assertNull(bad, answer(bad));
        }
        assertEquals(new Time(13, 0, 0, 0), localTime());
    }

    private Time localTime() throws BACnetException {
        return new Client(device).property(device.id(), PropertyIdentifier.localTime);
    }

    private static WhoHasRequest.Limits limits(int low, int high) {
        return new WhoHasRequest.Limits(new UnsignedInteger(low), new UnsignedInteger(high));
    }

    private static String apdu(UnconfirmedRequestService request) {
        ByteQueue out = new ByteQueue();
        request.write(out);
        return "10" + String.format("%02x", request.getChoiceId()) + HexFormat.of().formatHex(out.popAll());
    }

    private byte[] answer(String apdu) {
        return Unconfirmed.answer(device, ByteBuffer.wrap(HexFormat.of().parseHex(apdu)));
    }
}
