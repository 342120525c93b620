// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.coppercube.api.archive.ArchiveFeed;

/** {@code cube:bookmarks}: how far each reader of the feed is, and what the operator has to say of one. */
@Service
@Command(scope = "cube", name = "bookmarks", description = "How far each receiver has got")
public class BookmarksCommand implements Action {

    @Option(name = "--acknowledge", description = "A reader that need not have what it missed")
    String acknowledged;
    @Option(name = "--forget", description = "A reader that is gone for good")
    String forgotten;

    @Reference
    List<ArchiveFeed> feeds;
    @Reference
    Session session;

    @Override
    public Object execute() {
        if (feeds.isEmpty()) {
            throw new IllegalStateException("The archive is away; see cube:status");
        }
        ArchiveFeed feed = feeds.get(0);
        if (acknowledged != null) {
            feed.acknowledge(require(acknowledged, feed));
        }
        if (forgotten != null) {
            feed.forget(require(forgotten, feed));
        }
        ShellTable table = new ShellTable().emptyTableText("Nobody reads the feed");
        for (String column : List.of("Reader", "Position", "Behind", "Missed")) {
            table.column(column);
        }
        feed.bookmarks().forEach((reader, position) ->
                table.addRow().addContent(reader, position, feed.end() - position, feed.missed(reader)));
        table.print(session.getConsole());
        return null;
    }

    private static String require(String reader, ArchiveFeed feed) {
        if (!feed.bookmarks().containsKey(reader)) {
            throw new IllegalArgumentException("There is no reader " + reader + "; there are: "
                    + String.join(", ", feed.bookmarks().keySet()));
        }
        return reader;
    }
}
