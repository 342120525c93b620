// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.Traffic;

/** {@code cube:traffic}: what collecting costs each network. */
@Service
@Command(scope = "cube", name = "traffic", description = "Requests, answers and what was dropped, by network")
public class TrafficCommand implements Action {

    @Reference
    List<Collection> networks;
    @Reference
    Session session;

    @Override
    public Object execute() {
        ShellTable table = new ShellTable().emptyTableText("No network is configured");
        for (String column : List.of("Network", "Requests", "Retries", "Time-outs", "Refused", "Median", "p99",
                "Dropped", "Duplicates")) {
            table.column(column);
        }
        PrintStream out = session.getConsole();
        networks.forEach(network -> add(table, network, network.traffic()));
        table.print(out);
        networks.forEach(network -> network.traffic().dropped().forEach(
                (reason, count) -> out.printf("%s dropped %d: %s%n", network.network().name(), count, reason)));
        return null;
    }

    private static void add(ShellTable table, Collection network, Traffic traffic) {
        table.addRow().addContent(network.network().name(), traffic.requests(), traffic.retries(), traffic.timeouts(),
                traffic.refusals(), Texts.millis(traffic.median()), Texts.millis(traffic.p99()),
                traffic.dropped().values().stream().mapToLong(Long::longValue).sum(),
                network.devices().stream().filter(device -> !device.claimants().isEmpty()).count());
    }
}
