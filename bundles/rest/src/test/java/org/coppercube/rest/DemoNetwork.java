// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.DeviceClock;
import org.coppercube.api.collect.DeviceState;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.collect.Traffic;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;

/** A network with some logs, none of which is really read. */
final class DemoNetwork implements Collection {

    static final Instant MORNING = Instant.parse("2026-11-23T08:00:00.129Z");

    final List<LogState> logs = new ArrayList<>();
    final List<TrendLogId> visits = new ArrayList<>();
    final String name;
    final String site;
    NetworkState.State state = NetworkState.State.COLLECTING;

    DemoNetwork() {
        this("demo", "hq");
    }

    DemoNetwork(String name, String site) {
        this.name = name;
        this.site = site;
    }

    static TrendLog log(String id, String name) {
        TrendLogId parsed = TrendLogId.parse(id);
        return new TrendLog(parsed, name, "AHU-" + parsed.device(), "Trend " + parsed.instance(),
                new TrendLog.LoggedProperty(parsed.device(), "analog-input,3", "present-value"), "degrees-celsius",
                ZoneId.of("Europe/London"), Duration.ofMinutes(15), 5_000);
    }

    DemoNetwork add(TrendLog log, boolean archived) {
        return add(log, archived, null, null);
    }

    DemoNetwork add(TrendLog log, boolean archived, LogState.Mode mode, LogState.Advice advice) {
        logs.add(new LogState(log, archived, Health.Level.OK, MORNING, MORNING, "", MORNING.plusSeconds(60), null, mode,
                advice));
        return this;
    }

    @Override
    public NetworkState network() {
        return new NetworkState(name, site, state, "", 2, 1, logs.size(), 3, 1);
    }

    @Override
    public List<DeviceState> devices() {
        return List.of(new DeviceState(1200, "AHU-1200", 555, "127.0.0.1:47809", List.of("127.0.0.9:47808"), true,
                        MORNING, 2, new DeviceClock(Duration.ofMillis(-3_600_250), MORNING, 2), ""),
                new DeviceState(1300, "", -1, "127.0.0.1:47810", List.of(), false, null, 0, null, "does not answer"));
    }

    @Override
    public Traffic traffic() {
        return new Traffic(1_000, 20, 3, 4, 5, Duration.ofNanos(129_900), Duration.ofMillis(20),
                Duration.ofSeconds(3), new TreeMap<>(Map.of("malformed", 7L, "another object", 1L)));
    }

    @Override
    public List<LogState> logs() {
        return logs;
    }

    @Override
    public Optional<LogState> log(TrendLogId id) {
        return logs.stream().filter(state -> state.log().id().equals(id)).findFirst();
    }

    @Override
    public int collect(Set<TrendLogId> wanted) {
        List<TrendLogId> mine = wanted.stream().filter(id -> log(id).isPresent()).toList();
        visits.addAll(mine);
        return mine.size();
    }

    @Override
    public int choose(Set<TrendLogId> chosen, boolean archived) {
        throw new UnsupportedOperationException("the API has no such operation");
    }
}
