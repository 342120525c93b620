// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.util.List;
import java.util.Random;

/** What ails one device, or the network. */
final class Condition {

    private final Ailment[] ailments = new Ailment[Fault.values().length]; // asked some times for each record
    private final Random chance;

    /** @param ailments of two of one kind the later one counts */
    Condition(List<Ailment> ailments, long seed) {
        ailments.forEach(ailment -> this.ailments[ailment.fault().ordinal()] = ailment);
        this.chance = new Random(seed);
    }

    boolean has(Fault fault) {
        return ailments[fault.ordinal()] != null;
    }

    /** @param healthy the amount without this fault */
    long amount(Fault fault, long healthy) {
        Ailment ailment = ailments[fault.ordinal()];
        return ailment == null ? healthy : ailment.amount();
    }

    Schedule when(Fault fault) {
        Ailment ailment = ailments[fault.ordinal()];
        return ailment == null ? Schedule.NEVER : ailment.when();
    }

    /** Whether a fault that comes and goes is there. */
    boolean lasts(Fault fault, long now) {
        return when(fault).lasts(amount(fault, 0), now);
    }

    /** Whether a fault of each Nth record has this one. */
    boolean hits(Fault fault, long record) {
        return has(fault) && record % amount(fault, 1) == 0;
    }

    /** Whether a fault of some percent has this one. */
    boolean strikes(Fault fault) {
        return has(fault) && chance.nextInt(100) < amount(fault, 0);
    }
}
