// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.coppercube.api.archive.ArchiveMaintenance;
import org.coppercube.api.archive.Transfer;

/** {@code cube:import [--site NAME] FILE}: takes in what another appliance exported. */
@Service
@Command(scope = "cube", name = "import", description = "Import trend logs that another appliance exported")
public class ImportCommand implements Action {

    @Argument(name = "file", description = "Whole path of a file made by cube:export", required = true)
    String file;
    @Option(name = "--site", description = "The site they shall be of here, if not that of the file")
    String site;

    @Reference
    List<ArchiveMaintenance> archives;
    @Reference
    Session session;

    @Override
    public Object execute() {
        Transfer done = Maintenance.of(archives).importFrom(Maintenance.path(file), Optional.ofNullable(site),
                Maintenance.telling(session.getConsole()));
        session.getConsole().printf("%s has %,d records of %,d logs, %,d of which were new here%n", file,
                done.records(), done.logs(), done.added());
        return null;
    }
}
