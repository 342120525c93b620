// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.firewall;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A port that somebody must be able to reach. Register one as a service while it is needed; the firewall keeps it open
 * for just as long, however the service goes. All methods return the same for as long as the service is registered, at
 * once, on any thread.
 */
@ConsumerType
public interface InboundPort {

    /** Protocols that have ports. */
    enum Transport {
        /** Datagrams. */ UDP,
        /** Connections. */ TCP
    }

    /** Which protocol. */
    Transport transport();

    /** Our port, 1 to 65535. */
    int port();

    /** Who may come: an IPv4 or IPv6 address or prefix, as {@code 10.0.0.0/8}; empty for anybody. */
    String remote();

    /** What for, in words for the operator. */
    String reason();
}
