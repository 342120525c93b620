// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import java.util.List;
import java.util.OptionalLong;

/**
 * Part of a roll-up.
 *
 * @param rows by time, each interval once
 * @param next what to give as {@code from} to get what follows; empty when this is the last page
 */
public record RollupPage(List<Rollup> rows, OptionalLong next) {
}
