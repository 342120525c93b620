// SPDX-License-Identifier: GPL-3.0-or-later

/** What stands in messages, read byte by byte and refused where it is none: tags, values, records of logs, questions. */
package org.coppercube.collector.bacnet.message;
