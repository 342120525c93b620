// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.MemoryIntake;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Members of a Trend Log Multiple that are not always collected together. */
public class MembersTest {
    private static final TrendLogId ONE = new TrendLogId("hq", 1, TrendLogId.Kind.TLM, 1, 1);
    private static final TrendLogId TWO = new TrendLogId("hq", 1, TrendLogId.Kind.TLM, 1, 2);
    private static final LocalDateTime START = LocalDateTime.parse("2026-11-23T04:00:00");

    private final MemoryIntake intake = new MemoryIntake();
    private final MemoryDevice device = new MemoryDevice(intake);
    private final RingLog log = device.log(ONE, 100, Duration.ofMinutes(1));
    private int made;

    @Before
    public void collectTheOtherToo() {
        device.log(TWO, 100, Duration.ofMinutes(1));
    }

    @After
    public void close() {
        device.close();
    }

    private void add(int count, boolean clockRuns) {
        for (int i = 0; i < count; i++) {
            made++;
            log.add(clockRuns ? START.plusMinutes(made) : START, "1e" + "3c%08x".formatted(made).repeat(2) + "1f");
        }
    }

    private void visit(CollectedLog... some) throws Exception {
        assertNull(device.visit(List.of(some)));
    }

    @Test
    public void areReadByOneQuestionWhenTheyHaveGotEquallyFar() throws Exception {
        add(10, true);
        visit(device.collected(0), device.collected(1));
        assertEquals(1, device.asked());
        add(10, true);
        visit(device.collected(0));
        visit(device.collected(0), device.collected(1));
        add(10, true);
        int asked = device.asked();
        visit(device.collected(0), device.collected(1));
        assertEquals(asked + 1, device.asked());
        assertEquals("1: 1-30", Story.of(intake, ONE));
        assertEquals("1: 1-30", Story.of(intake, TWO));
    }

    @Test
    public void areLookedAtEachWhenADeviceOfShortAnswersIsAskedForNewsOnly() throws Exception {
        RingLog other = device.log(new TrendLogId("hq", 1, TrendLogId.Kind.TL, 1), 100, Duration.ofMinutes(1));
        other.add(START, RingLog.unsigned(1));
        device.answersWithin(140); // one log a question, were it asked for all
        add(10, true);
        visit(device.collected(0), device.collected(1), device.collected(2));
        add(10, true);
        visit(device.collected(0), device.collected(2));
        visit(device.collected(0), device.collected(1), device.collected(2));
        assertEquals("1: 1-20", Story.of(intake, ONE));
        assertEquals("1: 1-20", Story.of(intake, TWO));
    }

    @Test
    public void aRunThatOneHasNotSeenDoesNotConfuseTheOther() throws Exception {
        add(20, true);
        visit(device.collected(0), device.collected(1));
        log.reset();
        add(10, true);
        visit(device.collected(0));
        add(10, true);
        visit(device.collected(0));
        add(5, true);
        visit(device.collected(0), device.collected(1));
        assertEquals("1: 1-20, 2: 1-25", Story.of(intake, ONE));
        assertEquals("1: 1-20, 2: 1-25", Story.of(intake, TWO));
    }

    @Test
    public void aClockThatStandsStillDoesNotConfuseThem() throws Exception {
        add(10, false);
        visit(device.collected(0), device.collected(1));
        add(10, false);
        visit(device.collected(0));
        add(5, false);
        visit(device.collected(0), device.collected(1));
        assertEquals("1: 1-25", Story.of(intake, ONE));
        assertEquals("1: 1-25", Story.of(intake, TWO));
    }
}
