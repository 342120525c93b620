// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.collect;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.coppercube.api.trend.TrendLogId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The collecting of one network; a collector registers one such service for each. All methods answer at once, from any
 * thread.
 */
@ProviderType
public interface Collection {

    /** The network as it is now. */
    NetworkState network();

    /** Its devices, by instance. */
    List<DeviceState> devices();

    /** Its logs, archived or not, by id. */
    List<LogState> logs();

    /** What collecting has cost the network since it was opened. */
    Traffic traffic();

    /** One of them; empty when it is not of this network, or not found yet. */
    Optional<LogState> log(TrendLogId id);

    /**
     * Asks for a visit as soon as the device is free, even of logs that are not archived by choice or that are being
     * backed off from.
     *
     * @param logs those of other networks are passed over; an empty set means all archived ones
     * @return how many logs will be visited
     */
    int collect(Set<TrendLogId> logs);

    /**
     * Chooses which logs are archived, for good: it survives restarts.
     *
     * @return how many of these logs are of this network
     */
    int choose(Set<TrendLogId> logs, boolean archived);
}
