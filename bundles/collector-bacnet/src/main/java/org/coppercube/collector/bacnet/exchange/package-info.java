// SPDX-License-Identifier: GPL-3.0-or-later

/** Questions and their answers: repetition, courtesy, and how each device is spoken to. */
package org.coppercube.collector.bacnet.exchange;
