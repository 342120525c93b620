// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import java.time.LocalDate;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.TrendLogId;

/**
 * Records of one log that were lost on one day for one cause.
 *
 * @param log whose they are
 * @param day the day on the device's own clock at which the first record after them was made
 * @param cause why nobody has them
 * @param records how many, 1 or more
 */
public record Loss(TrendLogId log, LocalDate day, Reading.Gap.Cause cause, long records) {
}
