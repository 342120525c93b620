// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import java.util.Optional;
import org.coppercube.api.trend.TrendLogId;

/**
 * Something in the archive that is not as it was stored.
 *
 * @param log whose it is; empty when that cannot be told
 * @param what a sentence without a full stop: which part of it, which records, and what is wrong
 * @param wayOut what can be done about it, likewise
 */
public record Finding(Optional<TrendLogId> log, String what, String wayOut) {
}
