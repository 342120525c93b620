// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.util.List;
import java.util.Optional;

/** Those that hear each other's broadcasts. */
record Lan(List<Station> stations, Optional<Router> router) {

    void broadcast(Frame frame, Peer sender) {
        if (frame.isForDevices()) {
            stations.forEach(station -> station.hear(frame, sender, true));
        }
        router.ifPresent(there -> there.hear(frame, sender, true));
    }
}
