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
import org.coppercube.api.collect.DeviceState;

/** {@code cube:devices}: the devices of all networks. */
@Service
@Command(scope = "cube", name = "devices", description = "The devices found, their clocks, and whether they answer")
public class DevicesCommand implements Action {

    @Reference
    List<Collection> networks;
    @Reference
    Session session;

    @Override
    public Object execute() {
        ShellTable table = new ShellTable().emptyTableText("No device found");
        for (String column : List.of("Network", "Instance", "Name", "Address", "Answers", "Clock", "Logs", "Cause")) {
            table.column(column);
        }
        for (Collection network : networks) {
            String name = network.network().name();
            network.devices().forEach(device -> table.addRow().addContent(name, device.instance(), device.name(),
                    device.address(), device.answering() ? "yes" : "no", Texts.clock(device.clock()), device.logs(),
                    cause(device)));
        }
        table.print(session.getConsole());
        return null;
    }

    private static String cause(DeviceState device) {
        return device.cause().isEmpty() && !device.claimants().isEmpty()
                ? "also announced from " + String.join(", ", device.claimants()) : device.cause();
    }
}
