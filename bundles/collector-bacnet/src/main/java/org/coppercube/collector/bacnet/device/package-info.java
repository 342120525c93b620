// SPDX-License-Identifier: GPL-3.0-or-later

/** Getting to know a device and the round of visits to it. */
package org.coppercube.collector.bacnet.device;
