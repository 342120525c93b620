// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Furnishes the controllers of a building: which equipment each looks after, and which points it logs how often. */
final class Building {

    private static final List<Equipment> ROUND = List.of(Equipment.AIR_HANDLER, Equipment.VAV_BOX, Equipment.METER,
            Equipment.BOILER, Equipment.VAV_BOX, Equipment.WEATHER_STATION, Equipment.CHILLER, Equipment.VAV_BOX);

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
        List<Point> points = new ArrayList<>();
        int kinds = equipment.points().size();
        for (int n = 0; n < settings.logs(); n++) {
            Unit unit = new Unit(site, equipment.label() + "-" + (firstUnit + n / kinds));
            points.add(Point.of(equipment.points().get(n % kinds), unit, n + 1));
        }
        Shelf logs = new Shelf(settings, condition, new DeviceClock(clock, condition, anchor()));
        boolean everyKind = settings.allKinds() && identity.instance() == settings.firstInstance();
        for (int n = 0; n < settings.logs(); n++) {
            Point point = points.get(n);
            logs.add(n, point.name() + " Log", point.description(), TrendLog.of(point));
        }
        for (int n = 0; n < settings.multiples(); n++) {
            int first = n;
            List<Point> members = IntStream.range(0, settings.members())
                    .mapToObj(i -> points.get((first + i) % points.size())).toList();
            logs.add(n, identity.name() + " Group " + (n + 1), "some points together", TrendLogMultiple.of(members));
        }
        for (int n = 0; n < settings.eventLogs(); n++) {
            logs.add(n, identity.name() + " Alarms " + (n + 1), "alarms",
                    new EventLog(identity.id(), List.copyOf(points)));
        }
        if (everyKind) {
            Point point = EveryKind.point(settings.logs() + 1);
            points.add(point);
            logs.add(0, point.name() + " Log", point.description(), EveryKind.log(point));
            if (settings.multiples() > 0) {
                logs.add(0, point.name() + " Group", point.description(), EveryKind.multiple(point));
            }
        }
        return new Controller(identity, logs.clock(), condition, points, logs.logs(), settings.notifyEvery() > 0);
    }

    private long anchor() {
        return settings.anchor().toEpochMilli();
    }
}
