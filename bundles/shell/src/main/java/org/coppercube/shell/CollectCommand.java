// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.trend.TrendLogId;

/** {@code cube:collect [LOG…]}: visits these logs now, or all archived ones. */
@Service
@Command(scope = "cube", name = "collect", description = "Collect trend logs now: the named ones, or all")
public class CollectCommand implements Action {

    @Argument(name = "log", description = "Trend log ids, hq.1200.TL5; none means all archived logs", multiValued = true)
    @Completion(LogCompleter.class)
    List<String> logs = List.of();

    @Reference
    List<Collection> networks;
    @Reference
    Session session;

    @Override
    public Object execute() {
        Set<TrendLogId> ids = new LinkedHashSet<>();
        logs.forEach(log -> ids.add(TrendLogId.parse(log)));
        for (TrendLogId id : ids) {
            if (networks.stream().noneMatch(network -> network.log(id).isPresent())) {
                throw new IllegalArgumentException("No network has found a trend log " + id + "; see cube:trend-list");
            }
        }
        session.getConsole().printf("%d logs will be visited now%n", networks.stream().mapToInt(n -> n.collect(ids)).sum());
        return null;
    }
}
