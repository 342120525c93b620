// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.NetworkState;

/** {@code cube:networks}: every configured network and what it is doing. */
@Service
@Command(scope = "cube", name = "networks", description = "The networks and what they are doing")
public class NetworksCommand implements Action {

    @Reference
    List<Collection> networks;
    @Reference
    Session session;

    @Override
    public Object execute() {
        ShellTable table = new ShellTable().emptyTableText(
                "No network is configured: add etc/org.coppercube.collector.bacnet-NAME.cfg");
        for (String column : List.of("Network", "Site", "State", "Devices", "Silent", "Logs", "Archived", "Late", "Cause")) {
            table.column(column);
        }
        networks.stream().map(Collection::network).forEach(network -> add(table, network));
        table.print(session.getConsole());
        return null;
    }

    private static void add(ShellTable table, NetworkState network) {
        table.addRow().addContent(network.name(), network.site(), network.state().name().toLowerCase(), network.devices(),
                network.silent(), network.logs(), network.archived(), network.late(), network.cause());
    }
}
