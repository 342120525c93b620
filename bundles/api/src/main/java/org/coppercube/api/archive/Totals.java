// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

/**
 * The archive in figures.
 *
 * @param logs logs it holds something of
 * @param samples samples held, gaps not counted
 * @param lastDay records that arrived within the last 24 hours, to the hour
 * @param lost records known to be lost
 */
public record Totals(int logs, long samples, long lastDay, long lost) {
}
