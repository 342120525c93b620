// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
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
     * The moments at which a clock shows this: two, the earlier one first, in the hour that comes twice in autumn, else
     * one. An hour that never was, in spring, is read as if the clock had not been put forward.
     */
    List<Moment> moments(LocalDateTime local) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        return switch (offsets.size()) {
            case 0 -> List.of(moment(local, rules.getTransition(local).getOffsetBefore()));
            case 1 -> List.of(moment(local, offsets.get(0)));
            default -> List.of(moment(local, offsets.get(0)), moment(local, offsets.get(1)));
        };
    }

    /** By how much clocks are put back at the end of the hour that comes twice; zero if this is not in it. */
    Duration putBack(LocalDateTime local) {
        ZoneOffsetTransition transition = rules.getTransition(local);
        return transition != null && transition.isOverlap() ? transition.getDuration().negated() : Duration.ZERO;
    }

    /** The moment of an instant. */
    Moment at(ZonedDateTime now) {
        return moment(now.toLocalDateTime(), now.getOffset());
    }

    /** What the device's clock showed, in hundredths; two records with the same have the same stamp. */
    static long shown(LocalDateTime local) {
        return local.toEpochSecond(ZoneOffset.UTC) * 100 + local.getNano() / 10_000_000;
    }

    /** The reverse of {@link #shown}. */
    static LocalDateTime local(long shown) {
        return LocalDateTime.ofEpochSecond(Math.floorDiv(shown, 100L), (int) Math.floorMod(shown, 100L) * 10_000_000,
                ZoneOffset.UTC);
    }

    private static Moment moment(LocalDateTime local, ZoneOffset offset) {
        int minutes = offset.getTotalSeconds() / 60; // zones before 1900 have seconds; the rest stays in the time
        return new Moment(shown(local) - minutes * 6_000L, minutes);
    }
}
