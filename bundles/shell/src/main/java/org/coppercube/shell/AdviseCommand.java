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
import org.coppercube.api.collect.LogState;

/** {@code cube:advise}: the logs whose buffers are too small, and what a device's engineer may set. */
@Service
@Command(scope = "cube", name = "advise", description = "Trend logs that may overflow, and what to set instead")
public class AdviseCommand implements Action {

    @Reference
    List<Collection> networks;
    @Reference
    Session session;

    @Override
    public Object execute() {
        List<LogState> small = networks.stream().flatMap(network -> network.logs().stream())
                .filter(log -> log.advice() != null).toList();
        if (small.isEmpty()) {
            session.getConsole().println("Nothing to advise: no log is known to be in danger of overflowing");
            return null;
        }
        ShellTable table = new ShellTable();
        for (String column : List.of("Log", "Interval", "Buffer", "Overflows", "Better buffer", "or interval")) {
            table.column(column);
        }
        small.forEach(log -> table.addRow().addContent(log.log().id(), Texts.interval(log.log().interval()),
                log.log().bufferSize(),
                log.overflowAt() == null ? "" : Texts.time(log.overflowAt(), log.log().timeZone()),
                log.advice().bufferSize(),
                log.advice().interval() == null ? "" : Texts.interval(log.advice().interval())));
        table.print(session.getConsole());
        return null;
    }
}
