// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.coppercube.collector.bacnet.message.Station;
import org.junit.Test;

public class ClaimsTest {
    private final Claims claims = new Claims();
    private final long begin = System.nanoTime();

    private boolean heard(int from, long second) {
        return claims.heard(station(from), 480, at(second));
    }

    private static Station station(int from) {
        return new Station(new InetSocketAddress("127.0.51." + from, 1));
    }

    private long at(long second) {
        return begin + Duration.ofSeconds(second).toNanos();
    }

    @Test
    public void oneIsLookedIntoEveryTenMinutesAndAllTogetherEveryMinute() {
        assertTrue(heard(1, 1));
        assertFalse(IntStream.range(1, 600).anyMatch(second -> heard(1, second)));
        assertTrue(heard(1, 601));
        assertEquals("100 liars for an hour", 60, IntStream.range(602, 602 + 3659).filter(second -> heard(
                second % 100, second)).count());
    }

    @Test
    public void fewAreKeptAndThoseNotHeardForADayAreForgotten() {
        IntStream.range(0, 100).forEach(from -> heard(from, from));
        assertEquals(List.of(), claims.refuted());
        assertTrue(claims.refuteAll(at(100)));
        assertEquals(IntStream.range(92, 100).mapToObj(from -> station(from).toString()).toList(), claims.refuted());
        heard(7, 101);
        assertFalse("it is said once", claims.refuteAll(at(101)));
        assertFalse(claims.refuteAll(at(86_400 + 100)));
        assertEquals(List.of(station(7).toString()), claims.refuted());
        assertFalse(claims.refuteAll(at(86_400 + 102)));
        assertEquals(List.of(), claims.refuted());
    }

    @Test
    public void eachMayProveItselfEveryTenMinutes() {
        heard(1, 1);
        heard(2, 2);
        assertEquals(station(1), claims.next(at(3)).orElseThrow().from());
        assertEquals(station(2), claims.next(at(3)).orElseThrow().from());
        assertTrue(claims.next(at(600)).isEmpty());
        Claims.Claim proven = claims.next(at(604)).orElseThrow();
        claims.refute(proven);
        assertEquals(List.of(station(1).toString()), claims.refuted());
        claims.remove(proven);
        assertEquals(List.of(), claims.refuted());
        assertEquals(station(2), claims.next(at(604)).orElseThrow().from());
    }
}
