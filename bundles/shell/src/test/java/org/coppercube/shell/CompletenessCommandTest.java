// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.List;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.junit.Rule;
import org.junit.Test;

public class CompletenessCommandTest {

    private final DemoArchive archive = new DemoArchive().held("annex.7.EL1", 4).held("hq.20.TL9", 8)
            .held("hq.100.TL1", 2).held("hq.100.TLM2.3", 0).held("hq.200.TL1", 13_000_000)
            .lost("annex.7.EL1", "2026-11-24", Cause.WRAP, 4).lost("hq.100.TL1", "2026-11-23", Cause.OVERFLOW, 3)
            .lost("hq.100.TL1", "2026-11-24", Cause.DEVICE_AWAY, 1).lost("hq.200.TL1", "2026-11-23", Cause.PURGE, 1);

    @Rule
    public final Console console = new Console(CompletenessCommand.class);

    @Test
    public void everyLogHasALine() throws Exception {
        console.offer(archive);
        assertEquals("""
                Log           | Samples  | Lost | Complete  | Causes
                --------------+----------+------+-----------+--------------------------
                annex.7.EL1   | 4        | 4    | 50 %      | 4 wrap
                hq.20.TL9     | 8        | 0    | 100 %     |
                hq.100.TL1    | 2        | 4    | 33.3333 % | 3 overflow, 1 device-away
                hq.100.TLM2.3 | 0        | 0    |           |
                hq.200.TL1    | 13000000 | 1    | 99.9999 % | 1 purge
                """, console.run("cube:completeness"));
    }

    @Test
    public void devicesSitesAndDaysAreSums() throws Exception {
        console.offer(archive);
        assertEquals("""
                Device  | Samples  | Lost | Complete  | Causes
                --------+----------+------+-----------+--------------------------
                annex.7 | 4        | 4    | 50 %      | 4 wrap
                hq.20   | 8        | 0    | 100 %     |
                hq.100  | 2        | 4    | 33.3333 % | 3 overflow, 1 device-away
                hq.200  | 13000000 | 1    | 99.9999 % | 1 purge
                """, console.run("cube:completeness --by device"));
        assertEquals("""
                Site  | Samples  | Lost | Complete  | Causes
                ------+----------+------+-----------+-----------------------------------
                annex | 4        | 4    | 50 %      | 4 wrap
                hq    | 13000010 | 5    | 99.9999 % | 3 overflow, 1 purge, 1 device-away
                """, console.run("cube:completeness --by site"));
        assertEquals("""
                Day        | Lost | Causes
                -----------+------+----------------------
                2026-11-23 | 4    | 3 overflow, 1 purge
                2026-11-24 | 5    | 1 device-away, 4 wrap
                """, console.run("cube:completeness --by day"));
    }

    @Test
    public void sinceADayOnlyLossesAreCounted() throws Exception {
        console.offer(archive);
        assertEquals("""
                Site  | Lost | Causes
                ------+------+--------------
                annex | 4    | 4 wrap
                hq    | 1    | 1 device-away
                """, console.run("cube:completeness --by site --since 2026-11-24"));
        assertEquals("""
                Day | Lost | Causes
                ----+------+-------
                Nothing is lost
                """, console.run("cube:completeness --by day --since 2026-11-25"));
    }

    @Test
    public void whatCannotBeDoneIsSaid() {
        refuses("The archive is away; see cube:status", "cube:completeness");
        console.offer(archive);
        refuses("--by is \"month\"; it must be log, device, site or day", "cube:completeness --by month");
        refuses("--since is \"yesterday\"; it must be a date such as 2026-11-23",
                "cube:completeness --since yesterday");
    }

    @Test
    public void whatToSumUpByIsCompleted() {
        assertEquals(List.of("log", "device", "site", "day").stream().sorted().toList(),
                console.complete("completeness", "completeness", "--by", "").stream().sorted().toList());
    }

    private void refuses(String message, String command) {
        assertEquals(message, assertThrows(Exception.class, () -> console.run(command)).getMessage());
    }
}
