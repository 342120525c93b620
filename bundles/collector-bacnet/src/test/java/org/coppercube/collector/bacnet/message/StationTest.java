// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import static org.junit.Assert.assertEquals;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

public class StationTest {
    private static final InetSocketAddress ROUTER = new InetSocketAddress("10.0.0.6", 47808);

    @Test
    public void isToldAsItIsToBeWritten() {
        for (String text : List.of("10.0.0.5:47809", "ahu-5.example:47808", "10.0.0.6:47808/2001/0",
                "10.0.0.6:47808/1/255", "10.0.0.6:47808/65534/0x0a000005bac0", "10.0.0.6:47808/7/0x0102")) {
            assertEquals(text, Station.parse(text, 1).orElseThrow().toString());
        }
    }

    @Test
    public void anAddressOfOneByteIsANumberAndALongerOneHexadecimal() {
        assertEquals(Optional.of(new Station(ROUTER, 2001, "0c")), Station.parse("10.0.0.6/2001/12", 47808));
        assertEquals(Optional.of(new Station(ROUTER, 2001, "0c")), Station.parse("10.0.0.6/2001/0x0C", 47808));
        assertEquals(Optional.of(new Station(ROUTER, 2001, "0a0b")), Station.parse("10.0.0.6/2001/0x0A0b", 47808));
    }

    @Test
    public void whatIsNoneIsRefused() {
        for (String text : List.of("10.0.0.256", "10.0.0.6:0", "10.0.0.6/2001", "10.0.0.6/2001/", "10.0.0.6//12",
                "10.0.0.6/0/12", "10.0.0.6/65535/12", "10.0.0.6/2001/256", "10.0.0.6/2001/0c", "10.0.0.6/2001/0x",
                "10.0.0.6/2001/0x123", "10.0.0.6/2001/12/1", "10.0.0.6:1/2001/0x" + "00".repeat(19),
                "router.example/2001/12", "10.0.0.6 (network 2001, 0c)", "/2001/12")) {
            assertEquals(text, Optional.empty(), Station.parse(text, 47808));
        }
    }
}
