// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import java.util.List;
import java.util.Set;
import org.junit.Test;

public class LogsTest {

    @Test
    public void aChangeMakesAnotherAndLeavesTheOneBeforeAsItWas() {
        Logs one = Logs.NONE.with(List.of(log(1)));
        Logs both = one.with(List.of(log(2), log(1).chosen(true)));
        Logs other = one.with(List.of(log(3)));
        assertEquals(0, Logs.NONE.size());
        assertEquals(Set.of(id(1)), one.keySet());
        assertNull(one.get(id(1)).chosen());
        assertEquals(Set.of(id(1), id(2)), both.keySet());
        assertEquals(true, both.get(id(1)).chosen());
        assertEquals(log(2), both.get(id(2)));
        assertEquals(List.of(log(1), log(3)), other.values());
        assertNull(other.get(id(2)));
    }

    private static LogState log(int number) {
        return new LogState(number, ArchiveOnDisk.log(number), null, Dropped.NONE, Progress.NONE, Progress.NONE,
                Head.NONE);
    }
}
