// SPDX-License-Identifier: GPL-3.0-or-later

/** The way of a datagram between a socket and the loop: addresses, BBMDs, and the fence that lets in only what we need. */
package org.coppercube.collector.bacnet.link;
