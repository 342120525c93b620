// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.collect;

import java.time.Instant;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.TrendLog;

/**
 * How collecting one log goes.
 *
 * @param log the log
 * @param archived whether it is collected
 * @param level OK, DEGRADED when late or about to overflow, FAILED when it cannot be read
 * @param lastAttempt when it was last tried since the collector started; null if not yet
 * @param lastSuccess when that last succeeded; null if not yet
 * @param cause why it is not OK; else empty
 * @param nextVisit when it is planned next; null if not planned
 * @param overflowAt when the device will overwrite what is not read yet; null when not known
 */
public record LogState(TrendLog log, boolean archived, Health.Level level, Instant lastAttempt, Instant lastSuccess,
        String cause, Instant nextVisit, Instant overflowAt) {
}
