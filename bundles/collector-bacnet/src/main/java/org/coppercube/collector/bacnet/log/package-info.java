// SPDX-License-Identifier: GPL-3.0-or-later

/** Reading one log: which records are new, which are lost and why, what time it was, and how soon the buffer is full. */
package org.coppercube.collector.bacnet.log;
