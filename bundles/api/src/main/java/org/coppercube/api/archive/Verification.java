// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import java.util.List;

/**
 * What a verification came to.
 *
 * @param complete whether it got to its end
 * @param logs how many logs were gone through
 * @param chunks how many sealed chunks
 * @param records how many records, those not sealed yet included
 * @param findings what is wrong, log by log; at most a few dozen of one log
 */
public record Verification(boolean complete, int logs, long chunks, long records, List<Finding> findings) {
}
