// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import static org.junit.Assert.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.coppercube.collector.bacnet.Hex;
import org.coppercube.collector.bacnet.message.Station;
import org.junit.Test;

/** What is believed of a datagram's envelopes. */
public class InletTest implements Inlet.Listener {
    private static final byte[] I_AM_7 = Hex.bytes("0100" + "1000c4020000072205c49103210f");
    private static final InetSocketAddress BBMD = new InetSocketAddress("10.0.0.1", 47808);
    private static final InetSocketAddress OWN = new InetSocketAddress("10.0.0.5", 50123);

    private final List<Object> heard = new ArrayList<>();

    @Override
    public void answer(Station from, byte[] datagram, int apdu) {
        heard.add(from);
    }

    @Override
    public void tooLong(Station from, int invokeId) {
        heard.add(invokeId);
    }

    @Override
    public void announcement(Station from, byte[] datagram, int apdu) {
        heard.add(from);
    }

    @Override
    public void question(InetSocketAddress from, byte[] datagram, int npdu) {
        heard.add(from);
    }

    @Override
    public Fence.Verdict notification(Station from, byte[] datagram, int apdu) {
        heard.add(from);
        return Fence.Verdict.STRANGER;
    }

    @Override
    public void routes(InetSocketAddress router, List<Integer> networks) {
        heard.add(networks);
    }

    @Override
    public void rejected(InetSocketAddress router, int network, int reason) {
        heard.add(network + ":" + reason);
    }

    private Inlet inlet(String own, String broadcast, int prefix) throws Exception {
        Attachment attachment =
                new Attachment(InetAddress.getByName(own), InetAddress.getByName(broadcast), prefix);
        return new Inlet(attachment, new InetSocketAddress(own, OWN.getPort()),
                new Bbmds("test", List.of(BBMD), 60, System::nanoTime), this);
    }

    private Fence.Verdict forwarded(Inlet inlet, InetSocketAddress from, String origin, int port, boolean broadcast) {
        byte[] sender = Frames.bytes(new InetSocketAddress(origin, port));
        return inlet.take(Frames.wrap(Frames.FORWARDED, sender, I_AM_7).array(), from, broadcast);
    }

    private Fence.Verdict forwarded(String origin, int port) throws Exception {
        return forwarded(inlet("10.0.0.5", "10.0.0.255", 24), BBMD, origin, port, false);
    }

    private Fence.Verdict unicast(String npdu) throws Exception {
        return inlet("10.0.0.5", "10.0.0.255", 24)
                .take(Frames.wrap(Frames.UNICAST, Hex.bytes(npdu)).array(), BBMD, false);
    }

    @Test
    public void ofAnAnswerThatIsTooLongOrInSegmentsItsQuestionIsTold() throws Exception {
        String much = "00".repeat(3000);
        assertEquals(Fence.Verdict.LONG, unicast("0100" + "30051a" + much));
        assertEquals(Fence.Verdict.SEGMENTED, unicast("0100" + "3c0600041a"));
        assertEquals(List.of(5, 6), heard);
        assertEquals(Fence.Verdict.LONG, unicast("0100" + "000507" + much));
        assertEquals(Fence.Verdict.SEGMENTED, unicast("0100" + "40060004"));
        assertEquals(Fence.Verdict.LONG, unicast("0180" + "01" + much));
        assertEquals("they are no answers", 2, heard.size());
    }

    @Test
    public void aForwardedMessageIsFromItsOriginIfThatIsPossible() throws Exception {
        assertEquals(Fence.Verdict.I_AM, forwarded("192.168.7.7", 47808));
        assertEquals(List.of(new Station(new InetSocketAddress("192.168.7.7", 47808))), heard);
        String[] impossible = {"255.255.255.255", "10.0.0.255", "224.0.0.1", "239.255.255.250", "240.0.0.1", "0.0.0.0",
            "0.1.2.3", "127.0.0.1", "127.9.9.9", "10.0.0.5"};
        for (String origin : impossible) {
            assertEquals(origin, Fence.Verdict.ORIGIN, forwarded(origin, 47808));
        }
        assertEquals(Fence.Verdict.ORIGIN, forwarded("192.168.7.7", 0));
        assertEquals(1, heard.size());
    }

    @Test
    public void onLoopbackOnlyLoopbackIsPossible() throws Exception {
        Inlet inlet = inlet("127.0.0.1", "127.255.255.255", 8);
        InetSocketAddress from = new InetSocketAddress("127.0.0.9", 47808);
        assertEquals(Fence.Verdict.I_AM, forwarded(inlet, from, "127.0.0.8", 47808, true));
        assertEquals(Fence.Verdict.ORIGIN, forwarded(inlet, from, "10.0.0.8", 47808, true));
        assertEquals(Fence.Verdict.ORIGIN, forwarded(inlet, from, "127.255.255.255", 47808, true));
    }

    @Test
    public void onlyABbmdOfOursMayForwardToUsAlone() throws Exception {
        InetSocketAddress stranger = new InetSocketAddress("10.0.0.66", 47808);
        Inlet inlet = inlet("10.0.0.5", "10.0.0.255", 24);
        assertEquals(Fence.Verdict.LINK_LAYER, forwarded(inlet, stranger, "192.168.7.7", 47808, false));
        assertEquals(Fence.Verdict.I_AM, forwarded(inlet, stranger, "192.168.7.7", 47808, true));
    }

    @Test
    public void whatWeSayOurselvesIsNoNews() throws Exception {
        assertEquals(Fence.Verdict.ECHO, inlet("10.0.0.5", "10.0.0.255", 24)
                .take(Frames.wrap(Frames.BROADCAST, I_AM_7).array(), OWN, true));
    }

    @Test
    public void ofWhatRoutersSayTwoThingsAreHeard() throws Exception {
        assertEquals(Fence.Verdict.ROUTING, unicast("0180" + "01" + "07d1" + "07d2"));
        assertEquals(Fence.Verdict.ROUTING, unicast("0180" + "03" + "01" + "07d1"));
        assertEquals(List.of(List.of(2001, 2002), "2001:1"), heard);
        String[] others = {"0180", "018001", "018001" + "07d1" + "07", "018003" + "0107", "018000" + "07d1",
            "018006" + "00", "018012", "0188" + "07d1" + "0101" + "01" + "07d2",
            "01a0" + "07d1" + "00" + "ff" + "0107d1"};
        for (String other : others) {
            assertEquals(other, Fence.Verdict.NETWORK_LAYER, unicast(other));
        }
        assertEquals(2, heard.size());
    }

    @Test
    public void whoIsAskedWhetherANotificationIsWantedSaysWhyNot() throws Exception {
        assertEquals(Fence.Verdict.STRANGER, unicast("0104" + "00050702" + "0901"));
        assertEquals(Fence.Verdict.STRANGER, unicast("0100" + "1003" + "0901"));
        assertEquals(Fence.Verdict.TAGS, unicast("0100" + "1003" + "09"));
        assertEquals(2, heard.size());
    }
}
