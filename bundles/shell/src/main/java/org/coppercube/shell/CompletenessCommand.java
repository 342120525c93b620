// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.apache.karaf.shell.support.table.ShellTable;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.Loss;
import org.coppercube.api.trend.TrendLogId;

/** {@code cube:completeness [--by log|device|site|day] [--since DATE]}: what is held, what is lost, and why. */
@Service
@Command(scope = "cube", name = "completeness", description = "What is held, what is lost, and why")
public class CompletenessCommand implements Action {

    @Option(name = "--by", description = "What a line is the sum of: log, device, site or day")
    @Completion(value = StringsCompleter.class, values = {"log", "device", "site", "day"})
    String by = "log";
    @Option(name = "--since", description = "Only what was lost on this day or later, such as 2026-11-23")
    String since = "";

    @Reference
    List<ArchiveQuery> archives;
    @Reference
    Session session;

    @Override
    public Object execute() {
        if (archives.isEmpty()) {
            throw new IllegalStateException("The archive is away; see cube:status");
        }
        Map<Object, Tally> tallies = by.equals("day") ? byDay() : byLog(key());
        boolean withHeld = !by.equals("day") && since.isEmpty(); // what is held is of no day
        ShellTable table = new ShellTable().emptyTableText(by.equals("day") ? "Nothing is lost" : "No trend log found");
        for (String column : withHeld ? List.of(title(), "Samples", "Lost", "Complete", "Causes")
                : List.of(title(), "Lost", "Causes")) {
            table.column(column);
        }
        tallies.forEach((key, tally) -> {
            if (withHeld) {
                table.addRow().addContent(key, tally.samples(), tally.lost(), tally.completeness(), tally.causes());
            } else {
                table.addRow().addContent(key, tally.lost(), tally.causes());
            }
        });
        table.print(session.getConsole());
        return null;
    }

    private Map<Object, Tally> byLog(Function<TrendLogId, Object> key) {
        List<Loss> losses = losses();
        Map<Object, Tally> tallies = new LinkedHashMap<>();
        for (Holding holding : archives.get(0).holdings()) {
            tallies.computeIfAbsent(key.apply(holding.log().id()), any -> new Tally()).hold(holding.samples());
        }
        for (Loss loss : losses) {
            tallies.computeIfAbsent(key.apply(loss.log()), any -> new Tally()).lose(loss.cause(), loss.records());
        }
        return tallies;
    }

    private Map<Object, Tally> byDay() {
        Map<Object, Tally> tallies = new TreeMap<>();
        for (Loss loss : losses()) {
            tallies.computeIfAbsent(loss.day(), any -> new Tally()).lose(loss.cause(), loss.records());
        }
        return tallies;
    }

    private List<Loss> losses() {
        try {
            return archives.get(0).losses(since.isEmpty() ? LocalDate.MIN : LocalDate.parse(since), LocalDate.MAX);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("--since is \"" + since + "\"; it must be a date such as 2026-11-23", e);
        }
    }

    private Function<TrendLogId, Object> key() {
        return switch (by) {
            case "log" -> id -> id;
            case "device" -> id -> id.site() + '.' + id.device();
            case "site" -> TrendLogId::site;
            default -> throw new IllegalArgumentException(
                    "--by is \"" + by + "\"; it must be log, device, site or day");
        };
    }

    private String title() {
        return by.substring(0, 1).toUpperCase(Locale.ROOT) + by.substring(1);
    }
}
