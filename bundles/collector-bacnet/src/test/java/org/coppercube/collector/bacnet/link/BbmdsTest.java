// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/** Registering at BBMDs, whatever they do. */
public class BbmdsTest {
    private static final int TAKEN = 0;
    private static final int REFUSED = 0x30;
    private static final int DISTRIBUTES_NOTHING = 0x60;
    private static final InetSocketAddress ONE = new InetSocketAddress("10.0.0.1", 47808);
    private static final InetSocketAddress OTHER = new InetSocketAddress("10.0.0.2", 47808);
    private static final InetSocketAddress NAMED = InetSocketAddress.createUnresolved("bbmd.example", 47808);

    private long now = Long.MAX_VALUE - 1; // which overflows at once, as a clock of nanoseconds may
    private Bbmds bbmds = bbmds(ONE);

    private Bbmds bbmds(InetSocketAddress... configured) {
        return new Bbmds("test", List.of(configured), 60, () -> now);
    }

    private List<InetSocketAddress> dueAfter(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
        return bbmds.due();
    }

    @Test
    public void oneThatIsAwayIsAskedEveryFiveSeconds() {
        assertEquals(List.of(ONE), dueAfter(0));
        assertEquals("it had no time yet", List.of(), bbmds.troubles());
        assertEquals(List.of(), dueAfter(4));
        assertEquals(List.of(ONE), dueAfter(1));
        assertEquals(List.of("no answer from BBMD 10.0.0.1:47808"), bbmds.troubles());
        assertTrue(bbmds.answered(ONE, TAKEN));
        assertEquals(List.of(), bbmds.troubles());
        assertEquals(List.of(), dueAfter(29));
        assertEquals(List.of(ONE), dueAfter(1));
    }

    @Test
    public void oneThatRefusesIsAskedAgain() {
        bbmds.due();
        bbmds.answered(ONE, REFUSED);
        assertEquals(List.of("refused by BBMD 10.0.0.1:47808"), bbmds.troubles());
        assertEquals(List.of(), dueAfter(4));
        assertEquals(List.of(ONE), dueAfter(1));
        bbmds.answered(ONE, TAKEN);
        assertEquals(List.of(), bbmds.troubles());
    }

    @Test
    public void aLostAnswerIsNoHarmAndOneThatIsGoneIsMissedWhenItsTimeIsOver() {
        bbmds.due();
        bbmds.answered(ONE, TAKEN);
        assertEquals(List.of(ONE), dueAfter(30));
        assertEquals(List.of(ONE), dueAfter(5));
        bbmds.answered(ONE, TAKEN);
        for (int asked = 0; asked < 6; asked++) {
            assertEquals(List.of(ONE), dueAfter(asked == 0 ? 30 : 5));
            assertEquals("it forwards yet", List.of(), bbmds.troubles());
        }
        assertEquals(List.of(ONE), dueAfter(5));
        assertEquals(List.of("no answer from BBMD 10.0.0.1:47808"), bbmds.troubles());
        bbmds.answered(ONE, TAKEN);
        assertEquals(List.of(), bbmds.troubles());
    }

    @Test
    public void oneThatHasStartedAnewIsRegisteredAtWhenItSaysThatItDoesNotKnowUs() {
        bbmds.due();
        bbmds.answered(ONE, TAKEN);
        assertEquals(List.of(), dueAfter(10));
        bbmds.answered(ONE, DISTRIBUTES_NOTHING);
        assertEquals(List.of(ONE), dueAfter(0));
        bbmds.answered(ONE, TAKEN);
        bbmds.answered(ONE, DISTRIBUTES_NOTHING); // which anybody may say in its name
        assertEquals("not more often than every five seconds", List.of(), dueAfter(4));
        assertEquals(List.of(ONE), dueAfter(1));
    }

    @Test
    public void nobodyElseMayAnswer() {
        bbmds.due();
        assertFalse(bbmds.answered(OTHER, TAKEN));
        assertFalse(bbmds.contains(OTHER));
        assertEquals(List.of(ONE), bbmds.away());
    }

    @Test
    public void oneWithANameIsAskedWhereItIsAndNowhereBefore() {
        bbmds = bbmds(NAMED, ONE);
        assertEquals(List.of(ONE), bbmds.due());
        assertEquals(List.of(ONE), bbmds.addresses());
        bbmds.moved(NAMED, OTHER);
        assertEquals(List.of(OTHER), bbmds.due());
        bbmds.answered(OTHER, TAKEN);
        assertEquals(List.of(ONE), bbmds.away());
        InetSocketAddress third = new InetSocketAddress("10.0.0.3", 47808);
        bbmds.moved(NAMED, third);
        assertEquals(List.of(third), bbmds.due());
        assertFalse(bbmds.contains(OTHER));
        dueAfter(5);
        assertEquals(List.of("no answer from BBMD bbmd.example:47808", "no answer from BBMD 10.0.0.1:47808"),
                bbmds.troubles());
    }

    @Test
    public void allAreAskedAnewWhenWeAreSomewhereElse() {
        bbmds.due();
        bbmds.answered(ONE, TAKEN);
        bbmds.startAgain();
        assertEquals(List.of(ONE), dueAfter(0));
    }
}
