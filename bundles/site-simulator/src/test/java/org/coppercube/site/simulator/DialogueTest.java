// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import org.junit.Test;

/** Requests octet by octet; what ordinary clients send is in {@link FarmTest}. */
public class DialogueTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:07Z");
    private static final String READ_RANGE = "0005071a" + "0c05000001" + "1983"; // log-buffer of trend log 1

    private final Controller device = device("--devices=1");

    @Test
    public void unknownObjectsPropertiesAndIndexesAreErrors() {
        assertEquals("50070c" + "9101" + "911f", answer("0005070c" + "0c05000063" + "1955"));
        assertEquals("50070c" + "9102" + "9120", answer("0005070c" + "0c05000001" + "1a270f"));
        assertEquals("50070c" + "9102" + "9132", answer("0005070c" + "0c00000001" + "1955" + "2901"));
        assertEquals("50070c" + "9102" + "912a", answer("0005070c" + "0c023fffff" + "194c" + "29ff"));
    }

    @Test
    public void theLogBufferIsReadByReadRangeOnly() {
        assertEquals("50070c" + "9102" + "911b", answer("0005070c" + "0c05000001" + "1983"));
    }

    @Test
    public void readRangeOfWhatIsNoListIsAnError() {
        assertEquals("50071a" + "9105" + "9116", answer("0005071a" + "0c05000001" + "191c"));
        assertEquals("50071a" + "9102" + "9120", answer("0005071a" + "0c05000001" + "1a270f"));
    }

    @Test
    public void arraysAreReadWholeByIndexAndBySize() {
        assertEquals("30070c" + "0c020003e9" + "194c" + "2900" + "3e" + "210d" + "3f",
                answer("0005070c" + "0c023fffff" + "194c" + "2900"));
        assertEquals("30070c" + "0c020003e9" + "194c" + "2901" + "3e" + "c4020003e9" + "3f",
                answer("0005070c" + "0c020003e9" + "194c" + "2901"));
    }

    @Test
    public void unknownServicesAndMalformedRequestsAreRejected() {
        assertEquals("600709", answer("0005070f" + "0c05000001"));
        assertEquals("600705", answer("0005070c" + "0c05000001"));
        assertEquals("600704", answer("0005070c" + "0c05000001" + "5955"));
        assertEquals("600707", answer("0005070c" + "0c00000001" + "1955" + "2900" + "00"));
        assertEquals("600706", answer(READ_RANGE + "3e" + "2101" + "3100" + "3f"));
        assertEquals("600706", answer(READ_RANGE + "7e" + "a4ffffffff" + "b4ffffffff" + "3101" + "7f"));
        assertEquals("600705", answer("0005070e"));
    }

    @Test
    public void anAnswerThatDoesNotFitIsAborted() {
        assertEquals("710704", answer("0000070e" + "0c023fffff" + "1e" + "0908" + "1f")); // at most 50 octets, please
        assertEquals("710704", answer("0005070e" + ("0c023fffff" + "1e" + "0908".repeat(100) + "1f").repeat(3)));
    }

    @Test
    public void segmentedRequestsAreAborted() {
        assertEquals("710704", answer("0c0507000410" + "0c05000001"));
    }

    @Test
    public void aSmallReaderGetsAsManyRecordsAsFitAndIsToldOfMore() {
        String answer = answer("0000071a" + "0c05000001" + "1983" + "3e" + "2101" + "320064" + "3f");
        assertTrue(answer, answer.startsWith("30071a" + "0c05000001" + "1983" + "3a05a0" + "4901" + "5e"));
        assertTrue(answer.length() <= 2 * 50);
    }

    @Test
    public void backwardsReadingKeepsTheRecordsNextToTheReference() {
        long newest = device.logs().get(0).newest(device.clock().now());
        String answer = answer(READ_RANGE + "6e" + "24" + String.format("%08x", newest) + "32fc18" + "6f"); // 1000 back
        assertTrue(answer, answer.startsWith("30071a" + "0c05000001" + "1983" + "3a0560" + "4942" + "5e"));
        assertTrue(answer, answer.endsWith("5f" + "6b" + String.format("%06x", newest - 65)));
    }

    @Test
    public void recordsThatAreGoneOrNotYetMadeAreNoError() {
        String nothing = "30071a" + "0c05000001" + "1983" + "3a0500" + "4900" + "5e5f";
        assertEquals(nothing, answer(READ_RANGE + "6e" + "2101" + "3105" + "6f"));
        assertEquals(nothing, answer(READ_RANGE + "3e" + "2301ffff" + "3105" + "3f"));
        assertEquals(nothing, answer(READ_RANGE + "7e" + "a47e0c1f04" + "b400000000" + "3105" + "7f"));
    }

    @Test
    public void theWholeOfAShortLogComesAtOnce() {
        Controller small = device("--devices=1", "--buffer=3");
        String answer = answer(small, READ_RANGE);
        assertTrue(answer, answer.startsWith("30071a" + "0c05000001" + "1983" + "3a05c0" + "4903" + "5e"));
        assertTrue(answer, answer.endsWith("2a0400" + "5f"));
    }

    @Test
    public void whatIsNoRequestIsNotAnswered() {
        for (String apdu : new String[] {"", "00", "0005", "1008", "3007", "500712", "0005"}) {
            assertNull(apdu, Dialogue.answer(device, ByteBuffer.wrap(HexFormat.of().parseHex(apdu))));
        }
    }

    @Test
    public void everyTruncationAndEveryMutationIsAnsweredWithinBounds() {
        byte[] request = HexFormat.of().parseHex(READ_RANGE + "7e" + "a47e0b1701" + "b40a000000" + "3105" + "7f");
        Random random = new Random(7);
        for (int round = 0; round < 50_000; round++) {
            byte[] bad = request.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                bad[3 + random.nextInt(bad.length - 3)] = (byte) random.nextInt();
            }
            byte[] answer = Dialogue.answer(device, ByteBuffer.wrap(bad, 0, 4 + random.nextInt(bad.length - 3)));
            assertNotNull(answer);
            assertNotEquals(0, answer.length);
            assertTrue(answer.length <= Controller.MAX_APDU);
        }
    }

    private String answer(String apdu) {
        return answer(device, apdu);
    }

    private static String answer(Controller device, String apdu) {
        return HexFormat.of().formatHex(Dialogue.answer(device, ByteBuffer.wrap(HexFormat.of().parseHex(apdu))));
    }

    private static Controller device(String... arguments) {
        return new Play(NOW, arguments).device();
    }
}
