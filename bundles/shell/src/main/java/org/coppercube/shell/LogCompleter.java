// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.coppercube.api.collect.Collection;

/** Completes the ids of all trend logs found. */
@Service
public class LogCompleter implements Completer {

    @Reference
    List<Collection> networks;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        StringsCompleter ids = new StringsCompleter();
        networks.forEach(network -> network.logs().forEach(log -> ids.getStrings().add(log.log().id().toString())));
        return ids.complete(session, line, candidates);
    }
}
