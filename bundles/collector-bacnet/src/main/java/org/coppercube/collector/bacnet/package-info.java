// SPDX-License-Identifier: GPL-3.0-or-later

/**
 * Collects BACnet networks: a {@link Collector} for each cfg file, made of the packages beside it. Each of these knows only
 * those before it: message, settings, link, exchange, log, device; and none knows this one.
 */
package org.coppercube.collector.bacnet;
