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

    private static final int TWIN_UNITS = 500; // the twin looks after others

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
        List<Controller> twins = new ArrayList<>();
        Map<Equipment, Integer> installed = new EnumMap<>(Equipment.class);
        for (int i = 0; i < settings.devices(); i++) {
            Equipment equipment = ROUND.get(i % ROUND.size());
            int units = (settings.logs() - 1) / equipment.points().size() + 1;
            int first = installed.merge(equipment, units, Integer::sum) - units + 1;
            String name = equipment.label() + "-" + first;
            Identity identity = Identity.of(settings.firstInstance() + i, name + " Controller",
                    "Simulated controller of " + name + (units > 1 ? " and following" : ""));
            Condition condition = settings.faults().ofDevice(identity.instance());
            controllers.add(controller(identity, equipment, first, condition));
            if (condition.has(Fault.TWIN)) {
                twins.add(controller(identity.twin(), equipment, first + TWIN_UNITS, condition));
            }
        }
        controllers.addAll(twins);
        return controllers;
    }

    private Controller controller(Identity identity, Equipment equipment, int firstUnit, Condition condition) {
        DeviceClock ownClock = new DeviceClock(clock, condition, anchor());
        Episode episode = Episode.of(condition);
        List<Point> points = new ArrayList<>();
        List<Log> logs = new ArrayList<>();
        int kinds = equipment.points().size();
        for (int n = 0; n < settings.logs(); n++) {
            Unit unit = new Unit(site, equipment.label() + "-" + (firstUnit + n / kinds));
            points.add(Point.of(equipment.points().get(n % kinds), unit, n + 1));
        }
        List<TrendLog> trends = new ArrayList<>(points.stream().map(TrendLog::of).toList());
        if (identity.instance() == settings.firstInstance() && settings.allKinds()) {
            trends.add(EveryKind.log(settings.logs() + 1));
        }
        for (int n = 0; n < trends.size(); n++) {
            Point point = trends.get(n).point();
            long interval = n < settings.logs() ? interval(n) : interval(0);
            logs.add(new Log(n + 1, point.name() + " Log", point.description(), trends.get(n),
                    new Timeline(anchor(), interval, episode), condition.amount(Fault.BUFFER, settings.buffer()),
                    condition, ownClock));
        }
        return new Controller(identity, ownClock, condition, trends.stream().map(TrendLog::point).toList(), logs);
    }

    private long interval(int log) {
        int seconds = SECONDS[log % SECONDS.length];
        return 1000L * (seconds == 0 ? settings.interval() : seconds);
    }

    private long anchor() {
        return settings.anchor().toEpochMilli();
    }
}
