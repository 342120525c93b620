// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.junit.Assert.assertEquals;

import org.coppercube.api.collect.LogState;
import org.junit.Rule;
import org.junit.Test;

/** How the last record is found again in a buffer whose records are known by their places only. */
public class PlaceSearchTest {
    private static final int VALUE = 33; // where that of the first record ends in an answer that has records

    @Rule
    public final MemorySite site = new MemorySite();

    @Test
    public void aRecordThatCameDamagedOnceIsFoundWhenItIsLookedForAgain() throws Exception {
        site.log.withoutTotal().withoutSequence().withoutTime();
        site.add(20);
        site.visit("1: 1-20");
        assertEquals(LogState.Mode.POSITION, site.device.collected(0).mode());
        int[] times = {1};
        site.device.script((request, answer) -> {
            if (answer.length > VALUE + 20 * 19 && times[0]-- > 0) {
                answer[VALUE + 19 * 19] = 99; // in the twentieth record, which is the archive's last
            }
            return answer;
        });
        site.add(5);
        site.visit("1: 1-25");
    }
}
