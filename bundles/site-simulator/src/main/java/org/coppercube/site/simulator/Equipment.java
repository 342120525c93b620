// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static com.serotonin.bacnet4j.type.enumerated.EngineeringUnits.cubicMetersPerHour;
import static com.serotonin.bacnet4j.type.enumerated.EngineeringUnits.degreesAngular;
import static com.serotonin.bacnet4j.type.enumerated.EngineeringUnits.degreesCelsius;
import static com.serotonin.bacnet4j.type.enumerated.EngineeringUnits.hectopascals;
import static com.serotonin.bacnet4j.type.enumerated.EngineeringUnits.kilowattHours;
import static com.serotonin.bacnet4j.type.enumerated.EngineeringUnits.kilowatts;
import static com.serotonin.bacnet4j.type.enumerated.EngineeringUnits.litersPerSecond;
import static com.serotonin.bacnet4j.type.enumerated.EngineeringUnits.metersPerSecond;
import static com.serotonin.bacnet4j.type.enumerated.EngineeringUnits.noUnits;
import static com.serotonin.bacnet4j.type.enumerated.EngineeringUnits.partsPerMillion;
import static com.serotonin.bacnet4j.type.enumerated.EngineeringUnits.pascals;
import static com.serotonin.bacnet4j.type.enumerated.EngineeringUnits.percent;
import static com.serotonin.bacnet4j.type.enumerated.EngineeringUnits.percentRelativeHumidity;
import static com.serotonin.bacnet4j.type.enumerated.EngineeringUnits.volts;
import static com.serotonin.bacnet4j.type.enumerated.EngineeringUnits.wattsPerSquareMeter;
import static org.coppercube.site.simulator.PointKind.ACCUMULATOR;
import static org.coppercube.site.simulator.PointKind.ANALOG_INPUT;
import static org.coppercube.site.simulator.PointKind.ANALOG_VALUE;
import static org.coppercube.site.simulator.PointKind.BINARY_INPUT;
import static org.coppercube.site.simulator.Unit.clamp;

import com.serotonin.bacnet4j.type.enumerated.EngineeringUnits;
import java.time.Instant;
import java.util.List;

/** The kinds of equipment a building has, and what each of them measures. */
enum Equipment {

    AIR_HANDLER("AHU",
            point(ANALOG_INPUT, "Supply Air Temp", "supply air temperature", degreesCelsius, 0.1,
                    Equipment::supplyAir),
            point(ANALOG_INPUT, "Return Air Temp", "return air temperature", degreesCelsius, 0.1,
                    Equipment::returnAir),
            point(ANALOG_INPUT, "Mixed Air Temp", "mixed air temperature", degreesCelsius, 0.1,
                    (u, t) -> returnAir(u, t)
                            + (u.site().outdoor(t) - returnAir(u, t)) * freshAir(u, t) / 100),
            point(ANALOG_VALUE, "Supply Fan Speed", "supply fan speed", percent, 1, Equipment::fan),
            point(ANALOG_VALUE, "Fresh Air Damper", "fresh air damper position", percent, 1, Equipment::freshAir),
            point(ANALOG_INPUT, "Duct Static Pressure", "static pressure in the supply duct", pascals, 5,
                    (u, t) -> Math.pow(fan(u, t) / 100, 2) * 480 * (1 + 0.02 * u.jitter(5, t))),
            point(ANALOG_INPUT, "Return Air CO2", "carbon dioxide in the return air", partsPerMillion, 5,
                    (u, t) -> 425 + 380 * u.warmth(t) * (1 + 0.2 * u.drift(6, t, 3)) + 4 * u.jitter(6, t)),
            point(BINARY_INPUT, "Supply Fan Status", "supply fan running", noUnits, 1,
                    (u, t) -> fan(u, t) > 0 ? 1 : 0)),

    VAV_BOX("VAV",
            point(ANALOG_INPUT, "Room Temp", "room temperature", degreesCelsius, 0.1,
                    (u, t) -> 19 + u.trait(1) + 2.6 * u.warmth(t) + 0.08 * (u.site().outdoor(t) - 11)
                            + 0.4 * u.drift(1, t, 4) + 0.05 * u.jitter(1, t)),
            point(ANALOG_VALUE, "Room Setpoint", "room temperature setpoint", degreesCelsius, 0.5,
                    (u, t) -> u.site().presence(t) > 0.1 ? 21.5 + u.trait(1) : 18),
            point(ANALOG_INPUT, "Supply Flow", "supply air flow", litersPerSecond, 1,
                    (u, t) -> boxDamper(u, t) / 100 * (180 + 60 * u.trait(2)) + 1.5 * u.jitter(2, t) + 1.5),
            point(ANALOG_VALUE, "Damper", "damper position", percent, 1, Equipment::boxDamper),
            point(ANALOG_VALUE, "Reheat Valve", "reheat valve position", percent, 1,
                    (u, t) -> 100 * u.heating(t) * clamp(0.7 + 0.5 * u.drift(3, t, 2))),
            point(ANALOG_INPUT, "Room CO2", "carbon dioxide in the room", partsPerMillion, 5,
                    (u, t) -> 430 + (420 + 150 * u.trait(4)) * u.warmth(t) * clamp(0.8 + 0.4 * u.drift(4, t, 2))
                            + 5 * u.jitter(4, t))),

    BOILER("Boiler",
            point(ANALOG_INPUT, "Supply Water Temp", "supply water temperature", degreesCelsius, 0.1,
                    Equipment::hotWater),
            point(ANALOG_INPUT, "Return Water Temp", "return water temperature", degreesCelsius, 0.1,
                    (u, t) -> hotWater(u, t) - 2 - 14 * u.heating(t)),
            point(BINARY_INPUT, "Pump Status", "heating pump running", noUnits, 1,
                    (u, t) -> u.heating(t) > 0.04 ? 1 : 0),
            point(ANALOG_INPUT, "Water Flow", "heating water flow", litersPerSecond, 0.05,
                    (u, t) -> u.heating(t) > 0.04 ? 2 + 9 * u.heating(t) + 0.08 * u.jitter(2, t) : 0),
            point(ANALOG_VALUE, "Burner Modulation", "burner modulation", percent, 1,
                    (u, t) -> 100 * u.heating(t)),
            point(ANALOG_INPUT, "Flue Gas Temp", "flue gas temperature", degreesCelsius, 1,
                    (u, t) -> hotWater(u, t) + 60 * u.heating(t) + u.jitter(3, t))),

    CHILLER("Chiller",
            point(ANALOG_INPUT, "Supply Water Temp", "chilled water supply temperature", degreesCelsius, 0.1,
                    Equipment::chilledWater),
            point(ANALOG_INPUT, "Return Water Temp", "chilled water return temperature", degreesCelsius, 0.1,
                    (u, t) -> chilledWater(u, t) + 0.3 + 6 * u.cooling(t)),
            point(BINARY_INPUT, "Pump Status", "chilled water pump running", noUnits, 1,
                    (u, t) -> u.cooling(t) > 0.02 ? 1 : 0),
            point(ANALOG_INPUT, "Water Flow", "chilled water flow", litersPerSecond, 0.1,
                    (u, t) -> u.cooling(t) > 0.02 ? 8 + 20 * u.cooling(t) + 0.1 * u.jitter(2, t) : 0),
            point(ANALOG_INPUT, "Compressor Power", "compressor power", kilowatts, 0.1,
                    (u, t) -> u.cooling(t) > 0.02 ? 12 + 140 * u.cooling(t) + 0.5 * u.jitter(3, t) : 0.4),
            point(ANALOG_INPUT, "Condenser Temp", "condenser water temperature", degreesCelsius, 0.1,
                    (u, t) -> 20 + 0.3 * u.site().outdoor(t) + 9 * u.cooling(t) + 0.1 * u.jitter(4, t))),

    METER("Meter",
            point(ANALOG_INPUT, "Electrical Power", "electrical power", kilowatts, 0.1,
                    (u, t) -> (18 + load(u) * u.site().presence(t))
                            * (1 + 0.03 * u.drift(1, t, 0.2) + 0.01 * u.jitter(1, t))),
            point(ANALOG_INPUT, "Electrical Energy", "electrical energy", kilowattHours, 1,
                    (u, t) -> 18 * hours(t) + load(u) * presenceHours(u, t)),
            point(ANALOG_INPUT, "Gas Flow", "gas flow", cubicMetersPerHour, 0.01,
                    (u, t) -> (gas(u) * (1 + u.site().winter(t))) * (1 + 0.05 * u.drift(2, t, 0.5))),
            point(ACCUMULATOR, "Gas Pulses", "gas meter pulses, ten to the cubic metre", noUnits, 1,
                    (u, t) -> 10 * gas(u) * winterHours(u, t)),
            point(ACCUMULATOR, "Water Pulses", "water meter pulses, one each ten litres", noUnits, 1,
                    (u, t) -> 2 * hours(t) + 70 * presenceHours(u, t)),
            point(ANALOG_INPUT, "Line Voltage", "line voltage", volts, 0.1,
                    (u, t) -> 231 - 2.5 * u.site().presence(t) + 1.5 * u.drift(3, t, 0.5) + 0.4 * u.jitter(3, t))),

    WEATHER_STATION("Weather",
            point(ANALOG_INPUT, "Outdoor Temp", "outdoor temperature", degreesCelsius, 0.1,
                    (u, t) -> u.site().outdoor(t) + 0.05 * u.jitter(1, t)),
            point(ANALOG_INPUT, "Outdoor Humidity", "outdoor relative humidity", percentRelativeHumidity, 1,
                    (u, t) -> 100 * clamp(0.75 - 0.25 * u.site().sky(t) - 0.006 * (u.site().outdoor(t) - 11)
                            + 0.12 * u.drift(2, t, 5))),
            point(ANALOG_INPUT, "Wind Speed", "wind speed", metersPerSecond, 0.1,
                    (u, t) -> Math.abs(3.5 + 3 * u.drift(3, t, 11) + 1.2 * u.drift(4, t, 0.1))),
            point(ANALOG_INPUT, "Wind Direction", "wind direction", degreesAngular, 5,
                    (u, t) -> 180 + 150 * u.drift(5, t, 14) + 25 * u.drift(6, t, 0.1)),
            point(ANALOG_INPUT, "Solar Radiation", "solar radiation on a level surface", wattsPerSquareMeter, 1,
                    (u, t) -> u.site().sunshine(t)),
            point(ANALOG_INPUT, "Air Pressure", "barometric pressure", hectopascals, 0.1,
                    (u, t) -> 1013 + 16 * u.drift(7, t, 60) + 0.1 * u.jitter(7, t)));

    /** What a point shows at a time, before rounding. */
    @FunctionalInterface
    interface Signal {
        double at(Unit unit, long time);
    }

    /** One point that every unit of this kind has; values are rounded to {@code step}, as controllers do. */
    record Template(PointKind kind, String name, String description, EngineeringUnits units, double step,
            Signal signal) {
    }

    /** When all meters stood at zero. */
    static final Instant COMMISSIONED = Instant.parse("2020-01-01T00:00:00Z");

    private final String label;
    private final List<Template> points;

    Equipment(String label, Template... points) {
        this.label = label;
        this.points = List.of(points);
    }

    String label() {
        return label;
    }

    List<Template> points() {
        return points;
    }

    private static Template point(PointKind kind, String name, String description, EngineeringUnits units,
            double step, Signal signal) {
        return new Template(kind, name, description, units, step, signal);
    }

    private static double supplyAir(Unit u, long t) {
        double running = clamp(4 * u.site().presence(t));
        double setpoint = 18 + 6 * clamp((12 - u.site().outdoor(t)) / 24);
        return 20.5 + (setpoint - 20.5) * running + 0.4 * u.drift(1, t, 0.4) + 0.1 * u.jitter(1, t);
    }

    private static double returnAir(Unit u, long t) {
        return 20 + 2.4 * u.warmth(t) + 0.06 * (u.site().outdoor(t) - 11) + 0.3 * u.drift(2, t, 3);
    }

    private static double fan(Unit u, long t) {
        double presence = u.site().presence(t);
        double speed = 0.45 + 0.35 * presence + 0.05 * u.drift(3, t, 0.5) + 0.05 * u.trait(3);
        return presence < 0.05 ? 0 : 100 * clamp(speed);
    }

    private static double freshAir(Unit u, long t) {
        double freeCooling = clamp(1 - Math.abs(u.site().outdoor(t) - 15) / 7);
        return fan(u, t) == 0 ? 0 : 100 * clamp(0.2 + 0.6 * freeCooling + 0.04 * u.drift(4, t, 1));
    }

    private static double boxDamper(Unit u, long t) {
        return 100 * clamp(0.1 + 0.5 * u.site().presence(t) + 0.3 * u.cooling(t) + 0.1 * u.drift(2, t, 1));
    }

    private static double hotWater(Unit u, long t) {
        return 32 + 42 * u.heating(t) + 1.2 * u.drift(1, t, 0.3) + 0.1 * u.jitter(1, t);
    }

    private static double chilledWater(Unit u, long t) {
        return 13 - 6 * clamp(10 * u.cooling(t)) + 0.4 * u.drift(1, t, 0.3) + 0.05 * u.jitter(1, t);
    }

    private static double load(Unit u) {
        return 90 + 40 * u.trait(1);
    }

    private static double gas(Unit u) {
        return 6 + 2 * u.trait(2);
    }

    private static double presenceHours(Unit u, long time) {
        return u.site().presenceHours(time) - u.site().presenceHours(COMMISSIONED.toEpochMilli());
    }

    private static double winterHours(Unit u, long time) {
        return u.site().winterHours(time) - u.site().winterHours(COMMISSIONED.toEpochMilli());
    }

    private static double hours(long time) {
        return (time - COMMISSIONED.toEpochMilli()) / 3_600_000.0;
    }
}
