// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a network has from the machine that it runs on.
 *
 * @param attachments finds our address; asked again and again, as it may change
 * @param names asks name servers
 * @param inbound told which ports must be reachable from now on, and no others; not on the loop
 * @param clock what we tell devices the time by
 * @param watch how often it is looked whether all is as it was
 */
public record Machine(Attachment.Finder attachments, Hosts.Lookup names, Consumer<Set<UdpPort>> inbound,
        InstantSource clock, Duration watch) {
}
