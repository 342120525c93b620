// SPDX-License-Identifier: Apache-2.0
package org.coppercube.gui;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.coppercube.api.archive.Totals;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.health.Health;
import org.coppercube.api.health.Health.Level;

/**
 * What anybody may know of how the appliance fares: words and counts, no name of anything.
 *
 * @param level the worst of all parts
 * @param collecting whether any network is being collected
 * @param archived trend logs being archived
 * @param late trend logs of these that are overdue
 * @param totals the archive in figures; null while it is away
 * @param parts what each part says
 */
record Bearings(Level level, boolean collecting, int archived, int late, Totals totals, List<Part> parts) {

    /** One part of the appliance: what kind it is, and its line for everybody. */
    record Part(String kind, Level level, String line) {
    }

    /**
     * @param report what each part says by its name; null while nobody gathers it
     * @param totals null while the archive is away
     */
    static Bearings of(Map<String, Health> report, Totals totals, Collection<NetworkState> networks) {
        List<Part> parts = new ArrayList<>();
        if (report == null) {
            parts.add(new Part("Self-check", Level.DEGRADED, "Away for a moment"));
        } else {
            report.forEach((name, health) -> parts.add(new Part(kind(name), health.level(), health.publicLine())));
        }
        if (totals == null) {
            parts.add(new Part("Archive", Level.FAILED, "Away for a moment"));
        }
        boolean collecting = networks.stream().anyMatch(network -> network.state() == NetworkState.State.COLLECTING);
        if (networks.isEmpty()) {
            parts.add(new Part("Collecting", Level.DEGRADED, "Paused"));
        }
        Level worst = parts.stream().map(Part::level).max(Level::compareTo).orElse(Level.OK);
        return new Bearings(worst, collecting, networks.stream().mapToInt(NetworkState::archived).sum(),
                networks.stream().mapToInt(NetworkState::late).sum(), totals, parts);
    }

    /** The first word only: the rest of a part's name is a name that the operator chose. */
    private static String kind(String name) {
        String word = name.split(" ", 2)[0];
        return word.isEmpty() ? "Part" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
