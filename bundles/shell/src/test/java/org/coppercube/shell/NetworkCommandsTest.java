// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.coppercube.api.collect.DeviceClock;
import org.coppercube.api.collect.DeviceState;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.collect.LogState.Advice;
import org.coppercube.api.collect.Traffic;
import org.coppercube.api.health.Health;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class NetworkCommandsTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T08:00:00Z");

    private final DemoNetwork network = new DemoNetwork();

    @Rule
    public final Console console = new Console(AdviseCommand.class, DevicesCommand.class, TrafficCommand.class);

    @Before
    public void offer() {
        console.offer(network);
    }

    @Test
    public void adviceIsForLogsThatMayOverflow() throws Exception {
        add("hq.1.TL1", Duration.ofMinutes(15), null, null);
        assertEquals("Nothing to advise: no log is known to be in danger of overflowing\n", console.run("cube:advise"));
        add("hq.1.TL2", Duration.ofMinutes(1), MORNING, new Advice(12_000, Duration.ofMinutes(10)));
        add("hq.1.TL3", Duration.ZERO, null, new Advice(3_000, null));
        assertEquals("""
                Log      | Interval  | Buffer | Overflows        | Better buffer | or interval
                ---------+-----------+--------+------------------+---------------+------------
                hq.1.TL2 | 1 min     | 500    | 2026-11-23 08:00 | 12000         | 10 min
                hq.1.TL3 | on change | 500    |                  | 3000          |
                """, console.run("cube:advise"));
    }

    @Test
    public void devicesTellTheirClocksAndWhoElseClaimsToBeThem() throws Exception {
        network.devices.add(new DeviceState(1200, "AHU-1", 5, "10.0.0.5:47808", List.of("10.0.0.66:47808"), true,
                MORNING, 32, new DeviceClock(Duration.ofMillis(-3_200), MORNING, 0), ""));
        network.devices.add(new DeviceState(1300, "", -1, "10.0.0.6:47808", List.of(), false, null, 0, null,
                "does not answer"));
        network.devices.add(new DeviceState(1400, "Plant", 5, "10.0.0.7:47808", List.of(), true, MORNING, 4,
                new DeviceClock(Duration.ofMinutes(61), MORNING, 2), ""));
        assertEquals("""
                Network | Instance | Name  | Address        | Answers | Clock                      | Logs | Cause
                --------+----------+-------+----------------+---------+----------------------------+------+-------------\
                -----------------------
                demo    | 1200     | AHU-1 | 10.0.0.5:47808 | yes     | -3.2 s                     | 32   | also announc\
                ed from 10.0.0.66:47808
                demo    | 1300     |       | 10.0.0.6:47808 | no      |                            | 0    | does not answer
                demo    | 1400     | Plant | 10.0.0.7:47808 | yes     | +1 h 1 min, jumped 2 times | 4    |
                """, console.run("cube:devices"));
    }

    @Test
    public void trafficFitsAConsole() throws Exception {
        network.traffic = new Traffic(123_456_789, 123_456, 1_234, 12, 3, Duration.ofNanos(129_900),
                Duration.ofMillis(20), Duration.ofSeconds(3), new TreeMap<>(Map.of("malformed", 7L, "stranger", 1L)));
        network.devices.add(new DeviceState(1, "", 5, "a", List.of("b", "c"), true, MORNING, 0, null, ""));
        network.devices.add(new DeviceState(2, "", 5, "d", List.of(), true, MORNING, 0, null, ""));
        String printed = console.run("cube:traffic");
        assertEquals("""
                Network | Requests  | Retries | Time-outs | Refused | Median | p99       | Dropped | Duplicates
                --------+-----------+---------+-----------+---------+--------+-----------+---------+-----------
                demo    | 123456789 | 123456  | 1234      | 12      | 0.1 ms | 3000.0 ms | 8       | 1
                demo dropped 7: malformed
                demo dropped 1: stranger
                """, printed);
        assertTrue(printed.lines().allMatch(line -> line.length() <= 100));
    }

    @Test
    public void beforeTheFirstAnswerThereIsNoTime() throws Exception {
        assertTrue(console.run("cube:traffic").contains(
                "demo    | 0        | 0       | 0         | 0       |        |     | 0       | 0"));
    }

    private void add(String id, Duration interval, Instant overflowAt, Advice advice) {
        network.logs.add(new LogState(DemoArchive.log(id, interval), true, Health.Level.OK, null, null, "", null,
                overflowAt, LogState.Mode.SEQUENCE, advice));
    }
}
