// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.util.sero.ByteQueue;

/** A confirmed service that our devices execute. */
@FunctionalInterface
interface Service {

    /**
     * Executes a request; when it writes nothing, that is done is all there is to say.
     *
     * @param in the request's parameters
     * @param out takes the acknowledgement's parameters
     * @param room octets that the acknowledgement's parameters may fill; what is longer will not be sent
     */
    void execute(TagReader in, Controller device, ByteQueue out, int room) throws BacnetError, Refusal;
}
