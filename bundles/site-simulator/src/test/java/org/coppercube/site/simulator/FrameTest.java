// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.Test;

public class FrameTest {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    public void aNeighbourIsAnsweredDirectly() {
        assertEquals("810a00080100aabb", reply("810a0008010410ff", "aabb"));
    }

    @Test
    public void whoAsksThroughARouterIsAnsweredThroughIt() {
        // from network 0x0102, address 0x0b; the answer goes there with a fresh hop count
        assertEquals("810a000d0120" + "0102010b" + "ff" + "aabb", reply("810a000c0108" + "0102010b" + "10ff", "aabb"));
    }

    @Test
    public void onlyWhatIsForThisNetworkOrForAllIsForDevices() {
        assertTrue(parse("810a0008010410ff").orElseThrow().isForDevices());
        assertTrue(parse("810b000c0120ffff00ff1008").orElseThrow().isForDevices());
        assertFalse(parse("810a000c0120000700ff1008").orElseThrow().isForDevices());
        assertFalse(parse("810a0007018000").orElseThrow().isForDevices());
    }

    @Test
    public void theContentBeginsBehindTheAddresses() {
        Frame frame = parse("810b000c0120ffff00ff1008").orElseThrow();
        assertEquals(2, frame.apdu().remaining());
        assertEquals(0x10, frame.apdu().get());
        assertEquals(2, frame.apdu().remaining());
    }

    @Test
    public void whatIsNotWholeIsLeft() {
        for (String datagram : new String[] {"", "81", "810a", "810a0009010410ff", "820a0008010410ff", "810500060000",
                "810a0007028010", "810a00080108ff02"}) {
            assertTrue(datagram, parse(datagram).isEmpty());
        }
    }

    private static String reply(String datagram, String answer) {
        byte[] route = parse(datagram).orElseThrow().source();
        ByteBuffer out = Frame.unicast(Frame.npdu(route, new byte[0], false, HEX.parseHex(answer)));
        return HEX.formatHex(out.array(), 0, out.remaining());
    }

    private static Optional<Frame> parse(String datagram) {
        return Frame.parse(ByteBuffer.wrap(HEX.parseHex(datagram)));
    }
}
