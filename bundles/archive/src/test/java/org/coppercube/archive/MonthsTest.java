// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.real;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import java.time.Instant;
import java.util.List;
import org.coppercube.api.archive.MonthDigest;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

public class MonthsTest {

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();

    @Test
    public void aMonthsDigestIsThatOfItsLastChunk() {
        disk.describe(1);
        sealed(1, "2026-10-31T23:59:59.99Z");
        sealed(2, "2026-11-01T00:00:00Z");
        sealed(3, "2026-11-15T00:00:00Z");
        sealed(4, "2026-12-01T00:00:00Z");
        List<MonthDigest> digests = disk.get().digests(id(1));
        assertEquals(List.of("2026-10 2", "2026-11 6"), months(digests));
        assertNotEquals(digests.get(0).sha256(), digests.get(1).sha256());
        assertEquals(64, digests.get(0).sha256().length());
        disk.restart();
        assertEquals(digests, disk.get().digests(id(1)));
        sealed(5, "2026-12-02T00:00:00Z");
        assertEquals("a month that is over stays", digests, disk.get().digests(id(1)).subList(0, 2));
        assertEquals(List.of(), disk.get().digests(id(9)));
    }

    @Test
    public void aClockThatWentBackOrMadSpoilsNoOtherMonth() {
        disk.describe(1);
        sealed(1, "2026-10-31T00:00:00Z");
        sealed(2, "2099-01-01T00:00:00Z");
        sealed(3, "2026-11-15T00:00:00Z");
        sealed(4, "2026-10-30T00:00:00Z");
        disk.append(1, 5, List.of(real(1, Long.MAX_VALUE), real(2, Long.MIN_VALUE)));
        disk.append(1, 6, List.of(real(1, 0)));
        assertEquals(List.of("2026-10 8", "2026-11 6", "2099-01 4"), months(disk.get().digests(id(1))).subList(0, 3));
    }

    /** A run of its own with two samples, the later one at this time; it is sealed when the next one comes. */
    private void sealed(int run, String time) {
        long last = Sample.hundredths(Instant.parse(time));
        disk.append(1, run, List.of(real(1, last), real(2, last - 500_000_000L)));
    }

    private static List<String> months(List<MonthDigest> digests) {
        return digests.stream().map(digest -> digest.month() + " " + digest.records()).toList();
    }
}
