// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.reals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.TrendLogId;
import org.junit.Rule;
import org.junit.Test;

public class CapacityTest {

    private static final Optional<Boolean> NO = Optional.of(false);
    private static final Optional<Boolean> NOBODY_SAID = Optional.empty();

    @Rule
    public final ArchiveOnDisk disk = new ArchiveOnDisk();

    @Test
    public void whatIsNewBeyondTheCapacityIsLeftOutAndTheOthersGoOn() {
        disk.restartWith(Capacity.S);
        disk.describe(250);
        assertEquals(Health.Level.OK, disk.get().health().level());
        disk.describe(260);
        assertEquals(NOBODY_SAID, disk.get().chosen(id(250)));
        for (int restart = 0; restart < 2; restart++) {
            assertEquals(IntStream.rangeClosed(251, 260).mapToObj(ArchiveOnDisk::id).toList(), leftOut(260));
            assertEquals(Health.Level.DEGRADED, disk.get().health().level());
            String detail = disk.get().health().detail();
            assertTrue(detail, detail.contains("10 new trend logs are not archived: capacity S has 250 places"));
            disk.restartWith(Capacity.S);
        }
        assertEquals("in one commit with others", 20, disk.get().append(List.of(new Batch(id(251), 1, reals(1, 10)),
                new Batch(id(250), 1, reals(1, 10)), new Batch(id(3), 1, reals(1, 10)))));
        assertEquals(Optional.empty(), disk.get().resumePoint(id(251)));
        assertEquals("whoever has something goes on", 10, disk.append(250, 1, reals(11, 10)));
        disk.restartWith(Capacity.M);
        assertEquals(List.of(), leftOut(260));
        assertEquals(Health.Level.OK, disk.get().health().level());
    }

    @Test
    public void choosingAnotherOffMakesRoom() {
        disk.restartWith(Capacity.S);
        disk.describe(252);
        disk.append(7, 1, reals(1, 10));
        disk.get().choose(List.of(id(7)), false);
        assertEquals(List.of(id(7), id(252)), leftOut(252));
        assertEquals(10, disk.append(251, 1, reals(1, 10)));
        assertEquals("what it has stays", 10, disk.all(7).size());
        disk.get().choose(List.of(id(9)), false);
        assertEquals(Health.Level.OK, disk.get().health().level());
    }

    @Test
    public void aChoiceBeyondTheCapacityIsRefusedAndNothingHasChanged() {
        disk.restartWith(Capacity.S);
        disk.describe(251);
        ArchiveException refusal =
                assertThrows(ArchiveException.class, () -> disk.get().choose(List.of(id(1), id(251)), true));
        assertTrue(refusal.getMessage(), refusal.getMessage().contains("capacity S has 250; set a larger capacity"));
        assertEquals(NOBODY_SAID, disk.get().chosen(id(1)));
        disk.get().choose(List.of(id(1), id(2)), false);
        assertEquals("its own place counts", List.of(id(1), id(2)), leftOut(251));
        disk.get().choose(List.of(id(251), id(1)), true);
        assertThrows(ArchiveException.class, () -> disk.get().choose(List.of(id(2)), true));
        disk.get().choose(List.of(id(2)), false);
        disk.get().choose(List.of(id(251)), true);
        assertEquals(List.of(id(2)), leftOut(251));
    }

    @Test
    public void aSmallerCapacityTakesNothingFromAnybody() {
        disk.describe(300);
        List<Batch> all = new ArrayList<>();
        for (int log = 1; log <= 298; log++) {
            all.add(new Batch(id(log), 1, reals(1, 2)));
        }
        disk.get().append(all);
        disk.get().choose(List.of(id(299)), true);
        disk.restartWith(Capacity.S);
        assertEquals(List.of(id(300)), leftOut(300));
        String detail = disk.get().health().detail();
        assertTrue(detail, detail.contains("1 new trend logs are not archived: capacity S has 250 places, and 299"));
        assertEquals(2, disk.append(298, 1, reals(3, 2)));
        assertEquals(2, disk.append(299, 1, reals(1, 2)));
        assertEquals(0, disk.append(300, 1, reals(1, 2)));
        disk.get().choose(List.of(id(300)), false);
        assertEquals("still more than it has", Health.Level.DEGRADED, disk.get().health().level());
        disk.get().choose(List.of(id(299)), true);
        assertThrows(ArchiveException.class, () -> disk.get().choose(List.of(id(300)), true));
    }

    @Test
    public void theSizesAreThese() {
        assertEquals(List.of(250, 1_000, 2_500, 5_000), List.of("S", "M", " L ", "XL").stream().map(Capacity::of)
                .map(Capacity::places).toList());
        String refusal = assertThrows(IllegalArgumentException.class, () -> Capacity.of("XXL")).getMessage();
        assertEquals("capacity is \"XXL\"; it must be S, M, L or XL", refusal);
    }

    private List<TrendLogId> leftOut(int logs) {
        return IntStream.rangeClosed(1, logs).mapToObj(ArchiveOnDisk::id)
                .filter(log -> disk.get().chosen(log).equals(NO)).toList();
    }
}
