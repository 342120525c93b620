// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

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
        int[] asked = {0};
        site.device.script((request, answer) -> {
            if (request[3] == Questions.READ_RANGE && ++asked[0] == 2) { // the first was for the newest
                answer[VALUE + 19 * 19] = 99;
            }
            return answer;
        });
        site.add(5);
        site.visit("1: 1-25");
    }
}
