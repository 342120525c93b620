// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.constructed.LogStatus;
import com.serotonin.bacnet4j.type.primitive.Real;
import java.util.List;

/**
 * What happens to all logs of a device, again and again: some records, a pause without any, and some more.
 *
 * @param pause milliseconds
 * @param empties older records are gone afterwards
 * @param forgets records are numbered from 1 afterwards
 */
record Episode(Schedule when, List<Note> opening, long pause, List<Note> closing, boolean empties, boolean forgets) {

    /** A record that the device makes on its own account. */
    @FunctionalInterface
    interface Note {
        Entry entry(Contents contents, long turn);
    }

    static final Episode NONE = new Episode(Schedule.NEVER, List.of(), 0, List.of(), false, false);

    private static final Note DISABLED = status(true, false, false);
    private static final Note ENABLED = status(false, false, false);
    private static final Note PURGED = status(false, true, false);
    private static final Note INTERRUPTED = status(false, false, true);

    static Episode of(Condition condition) {
        if (condition.has(Fault.PURGE)) {
            return new Episode(condition.when(Fault.PURGE), List.of(PURGED), 0, List.of(), true, false);
        } else if (condition.has(Fault.RESET)) {
            return new Episode(condition.when(Fault.RESET), List.of(), 0, List.of(), true, true);
        } else if (condition.has(Fault.DISABLE)) {
            return new Episode(condition.when(Fault.DISABLE), List.of(DISABLED), condition.amount(Fault.DISABLE, 0),
                    List.of(ENABLED), false, false);
        } else if (condition.has(Fault.POWER_LOSS)) {
            return new Episode(condition.when(Fault.POWER_LOSS), List.of(), condition.amount(Fault.POWER_LOSS, 0),
                    List.of(INTERRUPTED), false, false);
        } else if (condition.has(Fault.CLOCK_JUMP)) {
            float seconds = condition.amount(Fault.CLOCK_JUMP, 0) / 1000f;
            Note change = (contents, turn) ->
                    new Reading(contents.timeChange(), new Real(turn % 2 == 1 ? seconds : -seconds), null);
            return new Episode(condition.when(Fault.CLOCK_JUMP), List.of(change), 0, List.of(), false, false);
        }
        return NONE;
    }

    private static Note status(boolean disabled, boolean purged, boolean interrupted) {
        Reading reading = new Reading(Reading.LOG_STATUS, new LogStatus(disabled, purged, interrupted), null);
        return (contents, turn) -> reading;
    }
}
