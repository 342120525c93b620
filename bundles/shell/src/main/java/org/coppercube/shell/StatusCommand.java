// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.coppercube.api.appliance.Appliance;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Totals;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.health.Health;
import org.coppercube.api.health.HealthReport;

/** {@code cube:status}: how the appliance fares, on one screen. Works with any part missing. */
@Service
@Command(scope = "cube", name = "status", description = "How the appliance fares")
public class StatusCommand implements Action {

    @Reference // a list never keeps the command away, whatever is missing
    List<Appliance> appliances;
    @Reference
    List<HealthReport> reports;
    @Reference
    List<ArchiveQuery> archives;
    @Reference
    List<Collection> networks;
    @Reference
    Session session;

    @Override
    public Object execute() {
        PrintStream out = session.getConsole();
        for (Appliance appliance : appliances) {
            out.printf("CopperCube %s, up %s%n", appliance.version(),
                    Texts.span(Duration.between(appliance.startedAt(), Instant.now())));
        }
        out.printf("Collecting  %s%n", networks.stream().anyMatch(Texts::collects) ? "yes" : "no");
        if (archives.isEmpty()) {
            out.println("Archive     away");
        }
        for (ArchiveQuery archive : archives) {
            Totals totals = archive.totals();
            out.printf("Archive     %,d samples of %,d logs, %,d in the last day, %,d lost%n", totals.samples(),
                    totals.logs(), totals.lastDay(), totals.lost());
        }
        for (HealthReport report : reports) {
            report.parts().forEach((part, state) -> out.printf("%-10s  %s: %s%n", state.level(), part, line(state)));
        }
        return null;
    }

    private static String line(Health state) {
        return state.detail().isEmpty() ? state.publicLine() : state.detail();
    }
}
