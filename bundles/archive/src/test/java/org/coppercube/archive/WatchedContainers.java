// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

/** The archive's storage, on files that are watched where a {@link Disk} watches. Derby makes it. */
public final class WatchedContainers extends ContainerStorage {

    public WatchedContainers() {
        super(new WatchedStorage());
    }
}
