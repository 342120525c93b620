// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Furnishes the controllers of a building: which equipment each looks after, and which points it logs how often. */
final class Building {

    private static final List<Equipment> ROUND = List.of(Equipment.AIR_HANDLER, Equipment.VAV_BOX, Equipment.METER,
            Equipment.BOILER, Equipment.VAV_BOX, Equipment.WEATHER_STATION, Equipment.CHILLER, Equipment.VAV_BOX);
    private static final int[] SECONDS = {0, 60, 300, 0, 900, 60}; // 0: as fast as the options say

    private final Settings settings;
    private final SimulatedClock clock;
    private final Site site;

    Building(Settings settings, SimulatedClock clock) {
        this.settings = settings;
        this.clock = clock;
        this.site = new Site(new Noise(settings.seed()), clock.standardOffset(settings.anchor().toEpochMilli()));
    }

    List<Controller> controllers() {
        List<Controller> controllers = new ArrayList<>();
        Map<Equipment, Integer> installed = new EnumMap<>(Equipment.class);
        for (int i = 0; i < settings.devices(); i++) {
            Equipment equipment = ROUND.get(i % ROUND.size());
            int units = (settings.logs() - 1) / equipment.points().size() + 1;
            int last = installed.merge(equipment, units, Integer::sum);
            controllers.add(controller(i, equipment, last - units + 1));
        }
        return controllers;
    }

    private Controller controller(int index, Equipment equipment, int firstUnit) {
        List<TrendLog> logs = new ArrayList<>();
        int kinds = equipment.points().size();
        for (int n = 0; n < settings.logs(); n++) {
            Unit unit = new Unit(site, equipment.label() + "-" + (firstUnit + n / kinds));
            Point point = Point.of(equipment.points().get(n % kinds), unit, n + 1);
            logs.add(TrendLog.of(point, n + 1, anchor(), interval(n), settings.buffer()));
        }
        if (index == 0 && settings.allKinds()) {
            logs.add(EveryKind.log(settings.logs() + 1, anchor(), interval(0), settings.buffer()));
        }
        String name = equipment.label() + "-" + firstUnit;
        return new Controller(settings.firstInstance() + index, name + " Controller",
                "Simulated controller of " + name + (logs.size() > kinds ? " and following" : ""), clock, logs);
    }

    private long interval(int log) {
        int seconds = SECONDS[log % SECONDS.length];
        return 1000L * (seconds == 0 ? settings.interval() : seconds);
    }

    private long anchor() {
        return settings.anchor().toEpochMilli();
    }
}
