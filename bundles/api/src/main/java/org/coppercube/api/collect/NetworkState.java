// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.collect;

import java.util.Objects;

/**
 * One network as it is now.
 *
 * @param name its short name, from the name of its cfg file
 * @param site the site it collects for; empty when the configuration does not say a valid one
 * @param state what it is doing
 * @param cause why it is not collecting, with file, key and rule where the configuration is at fault; else empty
 * @param devices devices known
 * @param silent devices of these that do not answer
 * @param logs trend logs found
 * @param archived logs of these that are archived
 * @param late logs of these whose last successful visit is overdue
 */
public record NetworkState(String name, String site, State state, String cause, int devices, int silent, int logs,
        int archived, int late) {

    /** What a network is doing. */
    public enum State {
        /** Looks for devices, has collected nothing yet. */ STARTING,
        /** At least one archived log was read at its last visit. */ COLLECTING,
        /** Tries on: interface or port cannot be had, no device answers, or no archived log can be collected. */ DOWN,
        /** Waits for its configuration to be put right. */ MISCONFIGURED
    }

    /** @throws NullPointerException if anything is null */
    public NetworkState {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(site, "site");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(cause, "cause");
    }
}
