// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.collect;

import java.time.Instant;

/**
 * One device as it is now.
 *
 * @param instance its device instance number
 * @param name its object name; empty until it told
 * @param address where it is, {@code 10.0.0.5:47808}
 * @param answering whether its last request was answered
 * @param lastHeard when it was last heard; null if never
 * @param logs trend logs found in it
 * @param cause why it is not collected; empty when all is well
 */
public record DeviceState(int instance, String name, String address, boolean answering, Instant lastHeard, int logs,
        String cause) {
}
