// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import java.time.YearMonth;

/**
 * Stands for all that was sealed of a log up to the end of a month: keep it elsewhere, and nobody can change a record
 * without it being seen.
 *
 * @param month the month (UTC) of the latest time in the chunk that the digest is of, which is the last of that month
 *        in record order; if the device's clock goes back into a month, that month's digest moves to a later chunk
 * @param records how many records of the log the digest stands for
 * @param sha256 the value of the hash chain at that chunk, in lower-case hexadecimal
 */
public record MonthDigest(YearMonth month, long records, String sha256) {
}
