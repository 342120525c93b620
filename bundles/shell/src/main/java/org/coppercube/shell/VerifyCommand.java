// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.io.PrintStream;
import java.util.Collection;
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
import org.coppercube.api.archive.MonthDigest;
import org.coppercube.api.archive.Verification;
import org.coppercube.api.trend.TrendLogId;

/** {@code cube:verify [--months] [LOG…]}: compares what is stored with itself, and says what is wrong. */
@Service
@Command(scope = "cube", name = "verify", description = "Verify the archive: all of it, or the logs named")
public class VerifyCommand implements Action {

    @Argument(name = "log", description = "hq.1200.TL5, a site, or a pattern such as hq.1200.*; none means all",
            multiValued = true)
    @Completion(LogCompleter.class)
    List<String> logs = List.of();
    @Option(name = "--months", description = "Also print the digest of each month, to be kept elsewhere")
    boolean months;

    @Reference
    List<ArchiveMaintenance> archives;
    @Reference
    List<ArchiveQuery> queries;
    @Reference
    Session session;

    @Override
    public Object execute() {
        PrintStream out = session.getConsole();
        ArchiveMaintenance archive = Maintenance.of(archives);
        Collection<TrendLogId> wanted = logs.isEmpty() ? List.of() : Selection.of(logs, queries.get(0));
        Verification result = archive.verify(wanted, Maintenance.telling(out));
        result.findings().forEach(finding -> out.println(finding.what() + "; " + finding.wayOut()));
        out.printf("%,d records in %,d chunks and the journal of %,d logs verified%s%n", result.records(),
                result.chunks(), result.logs(), result.complete() ? "" : ", then it was ended");
        if (months) {
            Selection.of(logs, queries.get(0)).forEach(log -> print(log, archive.digests(log), out));
        }
        if (!result.findings().isEmpty()) {
            throw new IllegalStateException("Found wrong in the archive: " + result.findings().size());
        }
        return null;
    }

    private static void print(TrendLogId log, List<MonthDigest> digests, PrintStream out) {
        digests.forEach(digest -> out.printf("%s %s %s %d records%n", digest.sha256(), log, digest.month(),
                digest.records()));
    }
}
