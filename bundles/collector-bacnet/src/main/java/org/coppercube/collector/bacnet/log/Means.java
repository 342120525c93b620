// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.time.ZoneId;
import org.coppercube.api.archive.ArchiveIntake;
import org.coppercube.collector.bacnet.exchange.Properties;
import org.coppercube.collector.bacnet.exchange.Requests;
import org.coppercube.collector.bacnet.link.Loop;

/**
 * What all devices of a network share in being visited.
 *
 * @param zone by which their clocks are read
 * @param bindings told whenever one has described itself
 */
public record Means(Loop loop, Requests requests, Properties properties, ArchiveIntake intake, Hold hold, ZoneId zone,
        Bindings bindings) {
}
