// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import org.coppercube.api.trend.TrendLogId;

/**
 * What is to be dropped of one log.
 *
 * @param log whose chunks
 * @param position all of them up to the one that ends at this feed position
 * @param passing whether or not every reader has taken them
 */
record Cut(TrendLogId log, long position, boolean passing) {
}
