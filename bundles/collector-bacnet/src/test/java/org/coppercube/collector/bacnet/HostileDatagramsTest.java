// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.coppercube.collector.bacnet.link.FenceTest;
import org.coppercube.collector.bacnet.link.Frames;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What anybody on the network may send to a collector, unasked. */
public class HostileDatagramsTest {
    private static final String OURSELVES = "0c023fff10"; // device 4194064
    private static final byte[] WHO_ARE_YOU = Hex.bytes("00057b0c" + OURSELVES + "194d");

    private Siege siege;
    private byte[] whoWeAre;

    @Before
    public void begin() throws Exception {
        siege = new Siege(2, "device.instance", 0x3FFF10);
        siege.begin();
        whoWeAre = siege.ask(WHO_ARE_YOU).get(0);
        assertEquals("we say who we are", 0x30, whoWeAre[0]);
    }

    @After
    public void end() {
        siege.close();
    }

    /** Nothing of it is let in or answered, and our own device is who it was. */
    private void refuses(byte[]... frames) throws IOException {
        siege.withstands(2L * frames.length, () -> {
            siege.flood(List.of(frames), siege.us());
            siege.flood(List.of(frames), siege.all());
        });
        List<byte[]> answers = siege.ask(WHO_ARE_YOU);
        assertEquals("only the question is answered", 1, answers.size());
        assertArrayEquals("and as before", whoWeAre, answers.get(0));
    }

    private void refuses(String... apdus) throws IOException {
        refuses(Arrays.stream(apdus).map(apdu -> Siege.unicast(Hex.bytes(apdu))).toArray(byte[][]::new));
    }

    @Test
    public void lengthsThatMakeALibraryLoopForEver() throws Exception {
        String length = "65ff80000000"; // an octet string of 2^31 bytes
        refuses(FenceTest.FREEZE_COV.substring(12), FenceTest.FREEZE_PRIVATE,
                "1004" + "0963" + "1901" + "2e" + length + "2f",
                "00050112" + "0963" + "1901" + "2e" + length + "2f",
                "1008" + length, "1007" + "3d" + length.substring(2), "1000" + length,
                "0005010c" + "0dff80000000", "0005010e" + "0c02000001" + "1e" + "0dffffffffff" + "1f");
    }

    @Test
    public void lengthsThatAskForAllMemory() throws Exception {
        String length = "65ff7ffffff0";
        refuses("1004" + "0963" + "1901" + "2e" + length + "2f", "00050112" + "0963" + "1901" + "2e" + length + "2f",
                "1008" + length, "1007" + "3dff7ffffff0", "0005010c" + "0dff7ffffff0", "1000" + "c5ff7ffffff0");
    }

    @Test
    public void ordersToBeSilent() throws Exception {
        refuses("00050111" + "1901", "00050111" + "0905" + "1902", "00050111" + "1901" + "2d0500" + "66696c74",
                "00050114" + "0900", "00050114" + "0901" + "1d0500" + "66696c74");
    }

    @Test
    public void ordersToBeSomebodyElse() throws Exception {
        String evil = "7505004576696c";
        refuses("0005010f" + OURSELVES + "194d" + "3e" + evil + "3f",
                "00050110" + OURSELVES + "1e" + "094d" + "2e" + evil + "2f" + "1f",
                "0005010a" + "0e" + "0900" + "0f", "0005010b" + "c4023fff10",
                "00050107" + "c402800001" + "0e" + "3100" + "6404414243" + "44" + "0f",
                "00050108" + OURSELVES + "1998" + "3e" + "c400000001" + "3f",
                "00050105" + "0901" + "1c00000001" + "2900" + "3900");
    }

    @Test
    public void everyServiceThatACollectorDoesNotOffer() throws Exception {
        refuses(IntStream.range(0, 34).filter(service -> service != 12 && service != 14)
                .mapToObj("000501%02x"::formatted).toArray(String[]::new));
        refuses(IntStream.range(1, 16).filter(service -> service != 7 && service != 8)
                .mapToObj("10%02x"::formatted).toArray(String[]::new));
    }

    @Test
    public void ordersToSetOurClock() throws Exception {
        refuses("1006" + "a46405ff02" + "b400000000", "1009" + "a46405ff02" + "b400000000",
                "1006" + "a4ffffffff" + "b4ffffffff");
    }

    @Test
    public void firstSegmentsOfWhatNeverComes() throws Exception {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            byte[] apdu = new byte[1400];
            byte[] head = Hex.bytes(i % 2 == 0 ? "0c7500000" + "40c" : "3c00" + "0004" + "1a");
            System.arraycopy(head, 0, apdu, 0, head.length);
            apdu[i % 2 == 0 ? 2 : 1] = (byte) (i / 2);
            frames.add(Siege.unicast(apdu));
        }
        siege.withstands(10_000, () -> siege.flood(frames, siege.us()));
        siege.withstands(256, () -> {
            for (int i = 0; i < 256; i++) {
                siege.witness.say(Hex.bytes("3c%02x00041a0c050000011983".formatted(i)), siege.us());
            }
        });
    }

    @Test
    public void virtualLinksThatAreNotOurs() throws Exception {
        String table = "7f003d42bac0ffffffff".repeat(20);
        List<byte[]> frames = new ArrayList<>();
        for (String frame : List.of("01" + table, "02", "03" + table, "06", "07" + table, "087f003d42bac0",
                "09" + "0120ffff00ff" + "1008", "0c" + "00".repeat(40), "000000", "000030", "00", "0d", "ff" + table)) {
            byte[] body = Hex.bytes(frame);
            frames.add(Frames.wrap(body[0] & 0xFF, Arrays.copyOfRange(body, 1, body.length)).array());
        }
        for (int seconds = 0; seconds < 1000; seconds++) {
            frames.add(Hex.bytes("81050006%04x".formatted(seconds)));
        }
        refuses(frames.toArray(byte[][]::new));
    }

    @Test
    public void lengthsThatLie() throws Exception {
        String whoIs = "0100" + "1008";
        List<byte[]> frames = new ArrayList<>();
        for (int length : new int[] {0, 1, 3, 4, 7, 9, 255, 32767, 32768, 65535}) {
            frames.add(Hex.bytes("810a%04x".formatted(length) + whoIs));
        }
        for (String frame : List.of("", "81", "810a", "810a00", "810a0004", "810a0005" + "01", "810a0006" + "0100",
                "820a0008" + whoIs, "000a0008" + whoIs, "810a0008" + "0200" + "1008", "8104000a" + "010203040506")) {
            frames.add(Hex.bytes(frame));
        }
        refuses(frames.toArray(byte[][]::new));
    }

    @Test
    public void somebodyWhoIsNoBbmdNamesAnotherSender() throws Exception {
        List<byte[]> frames = new ArrayList<>();
        for (int instance = 100; instance < 200; instance++) {
            byte[] iAm = Hex.bytes("1000c4%08x".formatted(8 << 22 | instance) + "2205c4" + "9103" + "2163");
            frames.add(Frames.wrap(Frames.FORWARDED, Frames.bytes(siege.witness.address()), new byte[] {1, 0}, iAm)
                    .array());
        }
        siege.withstands(100, () -> siege.flood(frames, siege.us()));
        assertEquals(1, siege.network.devices().size());
    }

    /** Our own device may be asked, but not made to fill the log. */
    @Test
    public void questionsThatMakeNoSense() throws Exception {
        siege.withstands(0, () -> siege.flood(Stream.of("0005010c", "0005010c" + "0901", "0005010c" + OURSELVES,
                "0005010e", "0005010e" + OURSELVES, "0005010e" + OURSELVES + "1e1f", "1007", "1007" + "3900",
                "1008" + "0900", "1008" + "0901" + "1900").map(Hex::bytes).map(Siege::unicast).toList(),
                siege.us()));
        List<byte[]> answers = siege.ask(WHO_ARE_YOU);
        assertArrayEquals("we are still asked", whoWeAre, answers.get(answers.size() - 1));
    }

    @Test
    public void tagsWithoutEnd() throws Exception {
        List<String> apdus = new ArrayList<>();
        for (String service : List.of("1008", "1007", "1000", "0005010c", "0005010e")) {
            apdus.add(service + "0e");
            apdus.add(service + "0e".repeat(1000));
            apdus.add(service + "0e".repeat(700) + "0f".repeat(700));
            apdus.add(service + "3e".repeat(9) + "3f".repeat(9));
            apdus.add(service + "0f".repeat(1000));
            apdus.add(service + "0e1f".repeat(500));
            apdus.add(service + "fe21".repeat(500));
        }
        refuses(apdus.toArray(String[]::new));
    }
}
