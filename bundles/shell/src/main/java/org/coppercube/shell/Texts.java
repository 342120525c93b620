// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.DeviceClock;
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

    /** Between two records: {@code 15 min}. */
    static String interval(Duration time) {
        if (time.isZero()) {
            return "on change";
        }
        if (time.toMillisPart() > 0) {
            return time.toMillis() / 1000.0 + " s";
        }
        return time.toSecondsPart() > 0 ? time.toSeconds() + " s"
                : time.toMinutesPart() > 0 ? time.toMinutes() + " min" : time.toHours() + " h";
    }

    /** What a device's clock is off: {@code +3.2 s}. */
    static String clock(DeviceClock clock) {
        if (clock == null) {
            return "";
        }
        Duration off = clock.ahead().abs();
        String sign = clock.ahead().isNegative() ? "-" : "+";
        String jumps = clock.jumps() == 0 ? ""
                : ", jumped " + clock.jumps() + (clock.jumps() == 1 ? " time" : " times");
        return sign + (off.toMinutes() > 0 ? span(off) : String.format(Locale.ROOT, "%.1f s", off.toMillis() / 1000.0))
                + jumps;
    }

    /** {@code 0.1 ms}. */
    static String millis(Duration time) {
        return time.isZero() ? "" : String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }
}
