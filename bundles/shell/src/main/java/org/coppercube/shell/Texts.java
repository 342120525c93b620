// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.NetworkState;

/** How values read on a console. */
final class Texts {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private Texts() {
    }

    static boolean collects(Collection network) {
        return network.network().state() == NetworkState.State.COLLECTING;
    }

    /** The two largest units: {@code 3 d 4 h}. */
    static String span(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min " + time.toSecondsPart() + " s" : time.toSeconds() + " s";
    }

    static String time(Instant instant, ZoneId zone) {
        return instant == null ? "never" : TIME.format(instant.atZone(zone));
    }
}
