// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import org.osgi.annotation.versioning.ConsumerType;

/** Watches work that takes minutes, and may end it. Called often, on the thread that works. */
@ConsumerType
@FunctionalInterface
public interface Watch {

    /**
     * @param done how many records are done; of an import, how many bytes
     * @param all how many there are, as far as is known
     * @return whether to go on
     */
    boolean goesOn(long done, long all);
}
