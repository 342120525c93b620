// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import com.serotonin.bacnet4j.type.enumerated.EngineeringUnits;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.Test;

public class BuildingTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:07Z");
    private static final Instant WINTER_TIME = Instant.parse("2026-10-25T01:00:00Z"); // clocks go back in Berlin
    private static final long HOUR = 3_600_000;

    @Test
    public void aLaterRunHasTheSameRecordsUnderTheSameNumbers() {
        List<Log> first = logs(NOW, "--all-kinds");
        List<Log> second = logs(NOW.plusSeconds(3600), "--all-kinds");
        for (int i = 0; i < first.size(); i++) {
            long newest = first.get(i).newest(NOW.toEpochMilli());
            assertTrue(second.get(i).newest(NOW.toEpochMilli() + HOUR) > newest);
            for (long sequence = newest - 50; sequence <= newest; sequence++) {
                assertArrayEquals(encoded(first.get(i), sequence), encoded(second.get(i), sequence));
            }
        }
    }

    @Test
    public void anotherSeedIsAnotherBuilding() {
        Log one = logs(NOW, "--seed=1").get(0);
        Log two = logs(NOW, "--seed=2").get(0);
        assertNotEquals(point(one).valueAt(NOW.toEpochMilli()), point(two).valueAt(NOW.toEpochMilli()), 0);
    }

    @Test
    public void allLogsAreFastOnRequest() {
        assertTrue(logs(NOW, "--interval=60").stream().anyMatch(log -> log.timeline().interval() != 60_000));
        assertTrue(logs(NOW, "--interval=60", "--one-interval").stream()
                .allMatch(log -> log.timeline().interval() == 60_000));
    }

    @Test
    public void everyDeviceMakesARecordAtLeastEveryThirtySeconds() {
        for (Controller device : controllers(NOW, "--devices=40")) {
            assertTrue(device.logs().stream().anyMatch(log -> log.timeline().interval() <= 30_000));
        }
    }

    @Test
    public void namesAreUniqueInTheWholeBuilding() {
        Set<String> names = new HashSet<>();
        for (Log log : logs(NOW, "--devices=40", "--logs=20")) {
            assertTrue(point(log).name(), names.add(point(log).name()));
        }
    }

    @Test
    public void valuesAreBelievableAllTheYearRound() {
        for (Point point : points()) {
            for (int hour = 0; hour < 366 * 24; hour += 5) {
                double value = point.valueAt(NOW.toEpochMilli() - hour * HOUR);
                String what = point.name() + " is " + value + " " + hour + " hours before " + NOW;
                assertTrue(what, value >= least(point) && value <= most(point));
            }
        }
    }

    @Test
    public void metersNeverRunBackwards() {
        for (Point point : points()) {
            if (point.units() == EngineeringUnits.kilowattHours || point.kind() == PointKind.ACCUMULATOR) {
                double last = 0;
                for (int minute = 0; minute < 9 * 24 * 60; minute++) {
                    double value = point.valueAt(WINTER_TIME.toEpochMilli() + (minute - 5 * 24 * 60) * 60_000L);
                    assertTrue(point.name() + " fell from " + last + " to " + value, value >= last);
                    last = value;
                }
            }
        }
    }

    @Test
    public void aWorkingDayDiffersFromSunday() {
        Point fan = points().stream().filter(p -> p.name().equals("AHU-1 Supply Fan Speed")).findFirst().orElseThrow();
        assertTrue(fan.valueAt(Instant.parse("2026-11-23T11:00:00Z").toEpochMilli()) > 50);
        assertEquals(0, fan.valueAt(Instant.parse("2026-11-22T11:00:00Z").toEpochMilli()), 0);
    }

    @Test
    public void realsAreOnTheGridOfTheirController() {
        Point temperature = points().get(0);
        String shown = Float.toString((float) temperature.valueAt(NOW.toEpochMilli()));
        assertTrue(shown, shown.matches("-?\\d+\\.\\d"));
    }

    private static double least(Point point) {
        return point.units() == EngineeringUnits.degreesCelsius ? -20
                : point.units() == EngineeringUnits.hectopascals ? 980
                : point.units() == EngineeringUnits.volts ? 220 : 0;
    }

    private static double most(Point point) {
        EngineeringUnits units = point.units();
        if (point.kind() == PointKind.BINARY_INPUT) {
            return 1;
        } else if (units == EngineeringUnits.degreesCelsius) {
            return point.name().contains("Flue") ? 150 : point.name().contains("Boiler") ? 80 : 42;
        } else if (units == EngineeringUnits.percent || units == EngineeringUnits.percentRelativeHumidity) {
            return 100;
        } else if (units == EngineeringUnits.hectopascals) {
            return 1045;
        }
        return point.kind() == PointKind.ACCUMULATOR || units == EngineeringUnits.kilowattHours ? 1e7 : 1500;
    }

    private static List<Point> points() {
        return logs(NOW, "--logs=8", "--time-zone=Europe/Berlin").stream().map(BuildingTest::point).toList();
    }

    private static List<Log> logs(Instant now, String... arguments) {
        return controllers(now, arguments).stream().flatMap(device -> device.logs().stream()).toList();
    }

    private static List<Controller> controllers(Instant now, String... arguments) {
        return new Play(now, arguments).devices();
    }

    private static Point point(Log log) {
        return ((TrendLog) log.contents()).point();
    }

    private static byte[] encoded(Log log, long record) {
        ByteQueue out = new ByteQueue();
        log.write(record, out);
        return out.popAll();
    }
}
