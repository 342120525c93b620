// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.LogState;

/** {@code cube:trend-list [PATTERN]}: the trend logs, what is held of them and how collecting them goes. */
@Service
@Command(scope = "cube", name = "trend-list", description = "The trend logs, what is held and how collecting goes")
public class TrendListCommand implements Action {

    @Argument(name = "text", description = "Only logs whose id or name contains this text")
    @Completion(LogCompleter.class)
    String text = "";
    @Option(name = "--not-ok", description = "Only logs that are late or cannot be read")
    boolean notOk;

    @Reference
    List<ArchiveQuery> archives;
    @Reference
    List<Collection> networks;
    @Reference
    Session session;

    @Override
    public Object execute() {
        ShellTable table = new ShellTable().emptyTableText("No trend log found");
        for (String column : List.of("Log", "Name", "Samples", "Lost", "Last record", "State")) {
            table.column(column);
        }
        if (archives.isEmpty()) {
            throw new IllegalStateException("The archive is away; see cube:status");
        }
        for (Holding holding : archives.get(0).holdings()) {
            LogState state = state(holding);
            if (matches(holding) && (!notOk || state != null && !state.cause().isEmpty())) {
                table.addRow().addContent(holding.log().id(), holding.log().name(), holding.samples(), holding.lost(),
                        last(holding), line(state));
            }
        }
        table.print(session.getConsole());
        return null;
    }

    private boolean matches(Holding holding) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return holding.log().id().toString().toLowerCase(Locale.ROOT).contains(wanted)
                || holding.log().name().toLowerCase(Locale.ROOT).contains(wanted);
    }

    private LogState state(Holding holding) {
        return networks.stream().flatMap(network -> network.log(holding.log().id()).stream()).findFirst().orElse(null);
    }

    private static String last(Holding holding) {
        Instant last = holding.samples() == 0 ? null
                : Instant.ofEpochSecond(Math.floorDiv(holding.last(), 100), Math.floorMod(holding.last(), 100) * 10_000_000L);
        return Texts.time(last, holding.log().timeZone());
    }

    private static String line(LogState state) {
        if (state == null) {
            return "not found on the network";
        }
        return state.cause().isEmpty() ? state.level().name().toLowerCase(Locale.ROOT) : state.cause();
    }
}
