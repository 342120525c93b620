// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.DeviceState;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.collect.Traffic;
import org.coppercube.api.trend.TrendLogId;

/** A network with what it is given, none of which is really read. */
final class DemoNetwork implements Collection {

    final List<DeviceState> devices = new ArrayList<>();
    final List<LogState> logs = new ArrayList<>();
    Traffic traffic = Traffic.NONE;

    @Override
    public NetworkState network() {
        return new NetworkState("demo", "hq", NetworkState.State.COLLECTING, "", devices.size(), 0, logs.size(), 0, 0);
    }

    @Override
    public List<DeviceState> devices() {
        return devices;
    }

    @Override
    public List<LogState> logs() {
        return logs;
    }

    @Override
    public Traffic traffic() {
        return traffic;
    }

    @Override
    public Optional<LogState> log(TrendLogId id) {
        return logs.stream().filter(state -> state.log().id().equals(id)).findFirst();
    }

    @Override
    public int collect(Set<TrendLogId> wanted) {
        throw new UnsupportedOperationException("nothing is collected here");
    }

    @Override
    public int choose(Set<TrendLogId> chosen, boolean archived) {
        throw new UnsupportedOperationException("nothing is chosen here");
    }
}
