// SPDX-License-Identifier: GPL-3.0-or-later

/** What a network's cfg file says, checked. */
package org.coppercube.collector.bacnet.settings;
