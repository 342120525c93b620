// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.trend;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;

import java.time.Instant;
import java.util.TreeMap;
import org.coppercube.api.trend.Sample.TimeSource;
import org.junit.Test;

public class SampleTest {

    @Test
    public void countsHundredthsOfASecondInBothDirections() {
        for (String text : new String[] {"2026-11-23T04:00:00.12Z", "1969-12-31T23:59:59.99Z", "1600-01-01T00:00:00Z"}) {
            Instant instant = Instant.parse(text);
            assertEquals(instant, new Sample(1, Sample.hundredths(instant), 0, new Reading.Null()).instant());
        }
    }

    @Test
    public void aGapAccountsForAllItsNumbers() {
        assertEquals(14, new Sample(10, 0, 0, new Reading.Gap(5, Reading.Gap.Cause.OVERFLOW)).lastSequence());
        assertEquals(10, new Sample(10, 0, 0, new Reading.Null()).lastSequence());
    }

    @Test
    public void refusesNumbersOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new Sample(1L << 32, 0, 0, new Reading.Null()));
        assertThrows(IllegalArgumentException.class, () -> new Sample(1, 0, 1441, new Reading.Null()));
        assertThrows(IllegalArgumentException.class,
                () -> new Sample(1, 0, 0, TimeSource.RECORD, 16, new Reading.Null()));
        assertThrows(IllegalArgumentException.class, () -> new Reading.Gap(0, Reading.Gap.Cause.OVERFLOW));
        assertThrows(IllegalArgumentException.class, () -> new Reading.Gap(1L << 32, Reading.Gap.Cause.OVERFLOW));
    }

    @Test
    public void readingsAreEqualBitForBit() {
        float odd = Float.intBitsToFloat(0x7fc0_0001);
        assertEquals(new Reading.Real(odd), new Reading.Real(odd));
        assertNotEquals(new Reading.Real(odd), new Reading.Real(Float.NaN));
        assertNotEquals(new Reading.Real(0f), new Reading.Real(-0f));
        assertNotEquals(new Reading.Double(0), new Reading.Double(-0.0));
    }

    @Test
    public void unsignedReadingsUseAll64Bits() {
        assertEquals(Math.pow(2, 64), new Reading.Unsigned(-1).magnitude(), 0);
        assertEquals(7, new Reading.Unsigned(7).magnitude(), 0);
    }

    @Test
    public void refusesTextThatIsNoHexadecimal() {
        assertThrows(IllegalArgumentException.class, () -> new Reading.Undecodable("abc"));
        assertThrows(IllegalArgumentException.class, () -> new Reading.Any("AB", null));
        assertThrows(IllegalArgumentException.class, () -> new Reading.Event("zz", new TreeMap<>()));
        assertThrows(IllegalArgumentException.class, () -> new Reading.BitString("012"));
    }
}
