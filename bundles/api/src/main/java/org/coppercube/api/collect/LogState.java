// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.collect;

import java.time.Duration;
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
 * @param mode how its records are told apart; null until it was read
 * @param advice what would keep it from overflowing; null when its buffer is large enough
 */
public record LogState(TrendLog log, boolean archived, Health.Level level, Instant lastAttempt, Instant lastSuccess,
        String cause, Instant nextVisit, Instant overflowAt, Mode mode, Advice advice) {

    /** How records are asked for (ASHRAE 135, 15.8). */
    public enum Mode {
        /** By their sequence numbers. */ SEQUENCE,
        /** By their times, where the device has no sequence numbers. */ TIME,
        /** By their positions in the buffer, where it has no clock either or does not answer by time. */ POSITION
    }

    /**
     * What the device's engineer may set; either is enough.
     *
     * @param bufferSize Buffer_Size that outlasts a long weekend without a visit, at the present rate
     * @param interval Log_Interval that does so with the present buffer; null for a log without interval
     */
    public record Advice(long bufferSize, Duration interval) {
    }
}
