// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive.bench;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class WorkloadTest {

    private static final int HOUR = 3_600;

    private final Trend hourly = new Trend(false, 1_000, IntBuffer.wrap(new int[] {0, HOUR, 2 * HOUR}),
            FloatBuffer.wrap(new float[] {20, Float.NaN, 21}));

    @Test
    public void aRepeatedTrendGoesOnInTheSameSteps() {
        Trend repeated = hourly.repeated(2, 500);
        for (int i = 1; i < repeated.count(); i++) {
            assertEquals(100 * HOUR, repeated.time(i) - repeated.time(i - 1));
        }
        assertEquals(1_000, repeated.time(0));
        assertEquals(21, repeated.value(0), 0);
        assertEquals(20, repeated.value(1), 0);
    }

    @Test
    public void everySampleIsDeliveredOnceAndInOrder() throws Exception {
        List<Trend> trends = List.of(hourly.repeated(0, 100), hourly, hourly.repeated(1, 1_000));
        for (Delivery delivery : Delivery.values()) {
            int[] next = new int[trends.size()];
            deliver(delivery, trends).forEach(piece -> {
                assertEquals(next[piece.log()], piece.from());
                next[piece.log()] = piece.to();
            });
            for (int log = 0; log < next.length; log++) {
                assertEquals(trends.get(log).count(), next[log]);
            }
        }
    }

    @Test
    public void anHourlyLogDeliversEightSamplesInEightHours() throws Exception {
        assertTrue(deliver(Delivery.SMALL, List.of(hourly.repeated(0, 800))).stream()
                .allMatch(piece -> piece.to() - piece.from() == 8));
    }

    @Test
    public void aScanThatBringsAnotherOrderIsFoundOut() {
        Tally wrong = new Tally();
        wrong.add(hourly.time(2), hourly.value(2));
        wrong.add(hourly.time(1), hourly.value(1));
        wrong.add(hourly.time(0), hourly.value(0));
        assertThrows(IllegalStateException.class, () -> wrong.requireEqual(Tally.of(hourly, 0, 3, true)));
    }

    @Test
    public void aScanThatBringsZeroForNullIsFoundOut() {
        Tally wrong = new Tally();
        wrong.add(hourly.time(0), hourly.value(0));
        wrong.add(hourly.time(1), 0);
        wrong.add(hourly.time(2), hourly.value(2));
        assertThrows(IllegalStateException.class, () -> wrong.requireEqual(Tally.of(hourly, 0, 3, true)));
    }

    private static List<Store.Piece> deliver(Delivery delivery, List<Trend> trends) throws Exception {
        List<Store.Piece> delivered = new ArrayList<>();
        delivery.deliver(trends, new Store() {
            @Override
            public void append(List<Piece> pieces) {
                delivered.addAll(pieces);
            }

            @Override
            public void scan(int log, int from, int to, Tally tally) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                // nothing is open
            }
        });
        return delivered;
    }
}
