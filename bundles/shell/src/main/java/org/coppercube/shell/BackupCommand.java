// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.coppercube.api.archive.ArchiveMaintenance;

/** {@code cube:backup DIRECTORY}: copies the archive into a new directory while it is collecting. */
@Service
@Command(scope = "cube", name = "backup", description = "Copy the archive into a new directory")
public class BackupCommand implements Action {

    @Argument(name = "directory", description = "Whole path of a directory that is not there yet", required = true)
    String directory;

    @Reference
    List<ArchiveMaintenance> archives;
    @Reference
    Session session;

    @Override
    public Object execute() {
        long position = Maintenance.of(archives).backup(Maintenance.path(directory));
        session.getConsole().printf("%s has all samples up to feed position %d%n", directory, position);
        return null;
    }
}
