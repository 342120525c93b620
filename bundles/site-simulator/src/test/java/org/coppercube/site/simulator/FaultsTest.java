// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import org.junit.Test;

/** What can be said behind {@code --fault}. */
public class FaultsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final long ANCHOR = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    @Test
    public void aFaultIsForAllDevicesOrForThoseNamed() {
        Play play = new Play(NOW, "--devices=4", "--fault=no-rpm,silence=2m/10m@1002-1003", "--fault", "loss=20@1004");
        Condition first = play.devices().get(0).condition();
        assertTrue(first.has(Fault.NO_RPM));
        assertFalse(first.has(Fault.SILENCE));
        assertTrue(play.devices().get(2).condition().has(Fault.SILENCE));
        assertEquals(20, play.devices().get(3).condition().amount(Fault.LOSS, 0));
    }

    @Test
    public void ofTwoOfAKindTheLaterCounts() {
        Play play = new Play(NOW, "--devices=2", "--fault=loss=1%,loss=20%@1002");
        assertEquals(1, play.devices().get(0).condition().amount(Fault.LOSS, 0));
        assertEquals(20, play.devices().get(1).condition().amount(Fault.LOSS, 0));
    }

    @Test
    public void whatComesAndGoesLastsThatLongEachTime() {
        Condition condition = new Play(NOW, "--fault=silence=2m/10m").device().condition();
        assertFalse(condition.lasts(Fault.SILENCE, ANCHOR + 599_999));
        assertTrue(condition.lasts(Fault.SILENCE, ANCHOR + 600_000));
        assertTrue(condition.lasts(Fault.SILENCE, ANCHOR + 719_999));
        assertFalse(condition.lasts(Fault.SILENCE, ANCHOR + 720_000));
        assertTrue(condition.lasts(Fault.SILENCE, ANCHOR + 1_200_000));
    }

    @Test
    public void whatHappensAtAMomentHappensOnce() {
        Condition condition = new Play(NOW, "--fault=silence=90s/2026-11-23T09:00:00Z").device().condition();
        long moment = Instant.parse("2026-11-23T09:00:00Z").toEpochMilli();
        assertFalse(condition.lasts(Fault.SILENCE, moment - 1));
        assertTrue(condition.lasts(Fault.SILENCE, moment + 89_999));
        assertFalse(condition.lasts(Fault.SILENCE, moment + 90_000));
    }

    @Test
    public void aShareIsKeptAndIsTheSameInEachRun() {
        Condition one = new Play(NOW, "--fault=loss=20%").device().condition();
        Condition two = new Play(NOW, "--fault=loss=20%").device().condition();
        int lost = 0;
        for (int i = 0; i < 10_000; i++) {
            boolean strikes = one.strikes(Fault.LOSS);
            assertEquals(strikes, two.strikes(Fault.LOSS));
            lost += strikes ? 1 : 0;
        }
        assertEquals(2000, lost, 200);
    }

    @Test
    public void aRefusalSaysHowItIsMeant() {
        assertEquals("--fault is thunder; it must be one of the faults that --help lists", refusal("thunder"));
        assertEquals("--fault is purge; it must be purge=EVERY, see --help", refusal("purge"));
        assertEquals("--fault is purge=often; it must be purge=EVERY, see --help", refusal("purge=often"));
        assertEquals("--fault is silence=10m/2m; it must be silence=TIME/EVERY, see --help", refusal("silence=10m/2m"));
        assertEquals("--fault is loss=101%; it must be loss[=N%], see --help", refusal("loss=101%"));
        assertEquals("--fault is no-rpm=1; it must be no-rpm, see --help", refusal("no-rpm=1"));
        assertEquals("--fault is max-apdu=49; it must be max-apdu=N, N from 50 to 1476, see --help",
                refusal("max-apdu=49"));
        assertEquals("--fault is loss=1@first; it must be NAME, NAME=VALUE or NAME=VALUE@FIRST-LAST",
                refusal("loss=1@first"));
        assertEquals("--fault is loss; it must be for devices that there are, 1001 to 1008", refusal("loss@999"));
        assertEquals("--fault is loss; it must be for devices that there are, 1001 to 1008", refusal("loss@1003-1002"));
        assertEquals("--fault is router-away=1m/1h@1001; it must be router-away without devices: it is the network's",
                refusal("router-away=1m/1h@1001"));
        assertEquals("--fault is router-move; it must be with --behind-router", refusal("router-move=1h"));
        assertEquals("--fault is bbmd-refusal; it must be with --bbmd", refusal("bbmd-refusal"));
        assertEquals("--fault is [purge, disable]; it must be one of them only for device 1002",
                refusal("purge=1h,disable=1m/1h@1002"));
    }

    @Test
    public void everyFaultIsExplained() {
        for (Fault fault : Fault.values()) {
            assertTrue(fault.toString(), Option.help().contains("\n    " + fault));
        }
    }

    private static String refusal(String fault) {
        return assertThrows(IllegalArgumentException.class, () -> new Play(NOW, "--fault=" + fault)).getMessage();
    }
}
