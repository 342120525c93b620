// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.collect;

import java.time.Instant;
import java.util.List;

/**
 * One device as it is now.
 *
 * @param instance its device instance number
 * @param name its object name; empty until it told
 * @param vendor its vendor identifier (ASHRAE 135, 12.11); -1 until it told
 * @param address where it is, {@code 10.0.0.5:47808}
 * @param claimants other addresses from which its instance was announced and where it was not found
 * @param answering whether its last request was answered
 * @param lastHeard when it was last heard; null if never
 * @param logs trend logs found in it
 * @param clock its clock; null until that was measured
 * @param cause why it is not collected; empty when all is well
 */
public record DeviceState(int instance, String name, int vendor, String address, List<String> claimants,
        boolean answering, Instant lastHeard, int logs, DeviceClock clock, String cause) {

    /** @throws NullPointerException if {@code claimants} or one of them is null */
    public DeviceState {
        claimants = List.copyOf(claimants);
    }
}
