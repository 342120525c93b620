// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.DeviceState;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.collect.Traffic;
import org.coppercube.api.health.Health;
import org.coppercube.api.health.HealthCheck;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.settings.WrongSetting;

/** A network whose settings are wrong: it says so, and waits for a new instance with better ones. */
record Misconfigured(String name, String site, WrongSetting wrong) implements Collection, HealthCheck {

    @Override
    public NetworkState network() {
        return new NetworkState(name, site, NetworkState.State.MISCONFIGURED, wrong.getMessage(), 0, 0, 0, 0, 0);
    }

    @Override
    public List<DeviceState> devices() {
        return List.of();
    }

    @Override
    public Traffic traffic() {
        return Traffic.NONE;
    }

    @Override
    public List<LogState> logs() {
        return List.of();
    }

    @Override
    public Optional<LogState> log(TrendLogId id) {
        return Optional.empty();
    }

    @Override
    public int collect(Set<TrendLogId> logs) {
        return 0;
    }

    @Override
    public int choose(Set<TrendLogId> logs, boolean archived) {
        return 0;
    }

    @Override
    public Health check() {
        return new Health(Health.Level.FAILED, "The settings of a network are wrong. " + wrong.withoutValue(),
                wrong.getMessage());
    }
}
