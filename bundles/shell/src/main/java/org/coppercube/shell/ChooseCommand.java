// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.trend.TrendLogId;

/** {@code cube:choose [--off] LOG…}: says for good whether these logs are archived. */
@Service
@Command(scope = "cube", name = "choose", description = "Choose which trend logs are archived")
public class ChooseCommand implements Action {

    @Argument(name = "log", description = "Trend log ids, hq.1200.TL5", required = true, multiValued = true)
    @Completion(LogCompleter.class)
    List<String> logs = List.of();
    @Option(name = "--off", description = "Do not archive them any more; what is held stays")
    boolean off;

    @Reference
    List<Collection> networks;
    @Reference
    Session session;

    @Override
    public Object execute() {
        Set<TrendLogId> ids = new TreeSet<>();
        logs.forEach(log -> ids.add(TrendLogId.parse(log)));
        int chosen = networks.stream().mapToInt(network -> network.choose(ids, !off)).sum();
        session.getConsole().printf("%d of %d logs are %s%n", chosen, ids.size(),
                off ? "no longer archived" : "archived from now on");
        return null;
    }
}
