// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import static org.coppercube.collector.bacnet.link.Fence.Verdict.*;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.serotonin.bacnet4j.apdu.APDU;
import com.serotonin.bacnet4j.apdu.ConfirmedRequest;
import com.serotonin.bacnet4j.apdu.UnconfirmedRequest;
import com.serotonin.bacnet4j.exception.BACnetException;
import com.serotonin.bacnet4j.type.constructed.ServicesSupported;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.coppercube.collector.bacnet.Hex;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class FenceTest {
    /** Freezes BACnet4J 6.0.0: an unconfirmed COV notification with a length that wraps (BACnet4J pull request 196). */
    public static final String FREEZE_COV = "810a00210100100209001c020000012c0000000139004e0a02002e2dfff0000000";
    /** Freezes it too, and was sent by a real controller (BACnet4J issue 66): an unconfirmed private transfer. */
    public static final String FREEZE_PRIVATE =
            "100409071a02022e000000050000002001b0c806000000020003a9840000000b5e0d9f83005443ae"
            + "000000070fae01b03803100000004045fff0000fb701b050021000000020000000010ffb01b05003"
            + "1000000040428700000ffc01b050041000000020000000030ffd01b05005100000004042c800000f"
            + "fe01b050061000000020000000070fa001b0e80d1000000020000000032f";
    private static final String F38_REQUEST = "0202011a0c0500000119837ea462031701b41334220031047f";
    public static final String F38_ANSWER = "30011a0c0500000119833a05c049025e0ea462031701b413361b000f1e2c419000001f2a04000ea4"
            + "62031701b413381b000f1e2c4190cccd1f2a04005f6b013561";

    @Rule
    public final Timeout atMost = new Timeout(60, TimeUnit.SECONDS);

    private static Fence.Verdict judge(String hex) {
        byte[] bytes = Hex.bytes(hex);
        return Fence.judge(bytes, 0, bytes.length);
    }

    @Test
    public void whatACollectorNeedsPasses() {
        assertEquals(ANSWER, judge(F38_ANSWER));
        assertEquals(I_AM, judge("1000c4020004d2220 5c49103210f".replace(" ", "")));
        assertEquals(QUESTION, judge("1008"));
        assertEquals(QUESTION, judge("10080900 1bffffff".replace(" ", "")));
        assertEquals(QUESTION, judge("00050a0c0c0200000119 4d".replace(" ", "")));
        assertEquals(QUESTION, judge("00050a0e0c020000011e0908 1f".replace(" ", "")));
        assertEquals(ANSWER, judge("500a0e9102911f"));
        assertEquals(ANSWER, judge("600a09"));
        assertEquals(ANSWER, judge("710a04"));
    }

    @Test
    public void whatFreezesTheLibraryIsRefused() {
        assertEquals(SERVICE, judge(FREEZE_COV.substring(12)));
        assertEquals(SERVICE, judge(FREEZE_PRIVATE));
        assertEquals(TAGS, judge("00050a0c2dfff0000000"));
        assertEquals(TAGS, judge("10082dff80000000"));
        assertEquals(TAGS, judge("10080dff7ffffff0"));
    }

    @Test
    public void everythingElseIsRefusedForAReason() {
        assertEquals(SERVICE, judge(F38_REQUEST));
        assertEquals(SERVICE, judge("00050a0f0c00000001195 53e4441a000003f".replace(" ", ""))); // WriteProperty
        assertEquals(SERVICE, judge("00050a110a001901")); // DeviceCommunicationControl
        assertEquals(SERVICE, judge("1006a462031701b413361b00")); // TimeSynchronization
        assertEquals(SEGMENTED, judge("080503000c"));
        assertEquals(SEGMENTED, judge("3c0a00041a"));
        assertEquals(SEGMENTED, judge("400a0004"));
        assertEquals(SEGMENTED, judge("f00000"));
        assertEquals(SHORT, judge("10"));
        assertEquals(SHORT, judge("0005"));
        assertEquals(SHORT, judge("300a"));
        assertEquals(LONG, judge("1008" + "00".repeat(1475)));
    }

    @Test
    public void tagsMustNestAndEnd() {
        assertEquals(QUESTION, judge("1008" + "0e".repeat(8) + "0f".repeat(8)));
        assertEquals(TAGS, judge("1008" + "0e".repeat(9) + "0f".repeat(9)));
        assertEquals(TAGS, judge("10080e"));
        assertEquals(TAGS, judge("10080f"));
        assertEquals(TAGS, judge("10080e1f"));
        assertEquals(TAGS, judge("10080a01"));
        assertEquals(TAGS, judge("1008f9"));
        assertEquals(TAGS, judge("10080d"));
        assertEquals(TAGS, judge("10080dfe01"));
        assertEquals(TAGS, judge("1008d100"));
        assertEquals(QUESTION, judge("10080dfe000101"));
    }

    @Test
    public void nobodyIsOnAllNetworks() {
        assertEquals(6, Frames.application(Hex.bytes("010807d10105" + "1008"), 0));
        assertEquals(-1, Frames.application(Hex.bytes("0108ffff0105" + "1008"), 0));
        assertEquals(-1, Frames.application(Hex.bytes("010800000105" + "1008"), 0));
    }

    /** Whatever the fence lets through, BACnet4J must come to an end with. */
    @Test
    public void twentyThousandMutationsDoNotFreezeTheLibrary() throws Exception {
        Random random = new Random(20261123);
        ServicesSupported all = new ServicesSupported();
        String[] seeds = {"10080900 1bffffff".replace(" ", ""), "1007 0900 1bffffff 3d060041482d31".replace(" ", ""),
            "00050a0c0c02000001194d", "00050a0e0c020000011e09081f", "1000c4020004d22205c49103210f",
            FREEZE_COV.substring(12)};
        int passed = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Hex.bytes(seeds[random.nextInt(seeds.length)]);
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            if (Fence.judge(bytes, 0, bytes.length) == QUESTION) {
                passed++;
                parse(bytes, all);
            }
        }
        assertTrue("only " + passed + " passed", passed > 1000);
    }

    private static void parse(byte[] bytes, ServicesSupported services) {
        try {
            APDU apdu = APDU.createAPDU(services, new ByteQueue(bytes));
            if (apdu instanceof UnconfirmedRequest request) {
                request.parseServiceData();
            } else {
                ((ConfirmedRequest) apdu).parseServiceData();
            }
        } catch (BACnetException | RuntimeException e) {
            return; // it may refuse; what it must not is hang, which the time limit tells
        }
    }
}
