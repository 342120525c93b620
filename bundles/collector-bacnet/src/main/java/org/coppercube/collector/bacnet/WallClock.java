// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRules;
import java.util.List;

/** Turns what a device's clock showed into UTC by the rules of the site's zone; devices do not say their zone. */
final class WallClock {
    /**
     * A moment.
     *
     * @param time hundredths of a second since 1970 UTC
     * @param offset minutes that were taken off the local time
     */
    record Moment(long time, int offset) {
    }

    private final ZoneRules rules;

    WallClock(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /**
     * The moment of a local time. In the hour that comes twice in autumn the first is meant, unless a record before
     * was later; an hour that never was, in spring, is read as if the clock had not been put forward.
     *
     * @param before time of the record before this one, {@link Long#MIN_VALUE} if there is none
     */
    Moment at(LocalDateTime local, long before) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        if (offsets.size() == 2) {
            Moment first = moment(local, offsets.get(0));
            return first.time >= before ? first : moment(local, offsets.get(1));
        }
        return moment(local, offsets.isEmpty() ? rules.getTransition(local).getOffsetBefore() : offsets.get(0));
    }

    /** The moment of an instant. */
    Moment at(ZonedDateTime now) {
        return moment(now.toLocalDateTime(), now.getOffset());
    }

    /** What the device's clock showed, in hundredths; two records with the same have the same stamp. */
    static long shown(LocalDateTime local) {
        return local.toEpochSecond(ZoneOffset.UTC) * 100 + local.getNano() / 10_000_000;
    }

    private static Moment moment(LocalDateTime local, ZoneOffset offset) {
        int minutes = offset.getTotalSeconds() / 60; // zones before 1900 have seconds; the rest stays in the time
        return new Moment(shown(local) - minutes * 6_000L, minutes);
    }
}
