// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.coppercube.api.archive.ArchiveMaintenance;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Transfer;

/** {@code cube:export [--position N] FILE [LOG…]}: writes logs into a file that another appliance can import. */
@Service
@Command(scope = "cube", name = "export", description = "Export trend logs into a file: the named ones, or all")
public class ExportCommand implements Action {

    @Argument(name = "file", description = "Whole path of a file that is not there yet", required = true)
    String file;
    @Argument(index = 1, name = "log", multiValued = true,
            description = "hq.1200.TL5, a site, or a pattern such as hq.1200.*; none means all")
    @Completion(LogCompleter.class)
    List<String> logs = List.of();
    @Option(name = "--position", description = "Only samples up to this feed position, such as that of a backup")
    String position = Long.toString(Long.MAX_VALUE);

    @Reference
    List<ArchiveMaintenance> archives;
    @Reference
    List<ArchiveQuery> queries;
    @Reference
    Session session;

    @Override
    public Object execute() {
        ArchiveMaintenance archive = Maintenance.of(archives);
        Transfer done = archive.exportTo(Maintenance.path(file), Selection.of(logs, queries.get(0)), position(),
                Maintenance.telling(session.getConsole()));
        session.getConsole().printf("%s has %,d records of %,d logs, SHA-256 %s%n", file, done.records(), done.logs(),
                done.sha256());
        return null;
    }

    private long position() {
        try {
            return Long.parseLong(position);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--position is \"" + position + "\"; it must be a whole number", e);
        }
    }
}
