// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The logs of one device, while it is furnished: numbers them and gives each what all have in common. */
final class Shelf {

    private static final int[] SECONDS = {0, 60, 300, 0, 900, 60}; // 0: as fast as the options say

    private final Settings settings;
    private final Condition condition;
    private final DeviceClock clock;
    private final Episode episode;
    private final List<Log> logs = new ArrayList<>();
    private final Map<ObjectType, Integer> numbers = new HashMap<>();

    Shelf(Settings settings, Condition condition, DeviceClock clock) {
        this.settings = settings;
        this.condition = condition;
        this.clock = clock;
        this.episode = Episode.of(condition);
    }

    /** @param pace neighbours have different ones; that of 0 is fast */
    void add(int pace, String name, String description, Contents contents) {
        int instance = numbers.merge(contents.type(), 1, Integer::sum);
        int seconds = settings.oneInterval() ? 0 : SECONDS[pace % SECONDS.length];
        long interval = 1000L * (seconds == 0 ? settings.interval() : seconds);
        logs.add(new Log(instance, name, description, contents,
                new Timeline(settings.anchor().toEpochMilli(), interval, episode),
                condition.amount(Fault.BUFFER, settings.buffer()), settings.notifyEvery(), condition, clock));
    }

    DeviceClock clock() {
        return clock;
    }

    List<Log> logs() {
        return logs;
    }
}
