// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.coppercube.api.trend.Sample;

/**
 * Whether the device of a log fell silent before it overwrote what is not read yet, as far as that is known. Belongs to
 * the loop.
 */
final class Absence {
    private boolean away;
    private Instant missed;

    /** It did not answer. */
    void noticed(boolean hasOverflowed) {
        away |= !hasOverflowed;
    }

    /** When the log was found, its device had not answered since then. */
    void missed(Instant since) {
        missed = since;
    }

    /** All is read. */
    void end() {
        away = false;
        missed = null;
    }

    /**
     * Whether it was away.
     *
     * @param last newest record that is archived, perhaps by a collector before this one
     * @param lasts how long the buffer does
     */
    boolean isWhy(Optional<Sample> last, Duration lasts) {
        return away || missed != null && !lasts.equals(Filling.FOR_EVER)
                && last.filter(one -> one.instant().plus(lasts).isAfter(missed)).isPresent();
    }
}
