// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** All faults that were asked for. */
record Faults(List<Ailment> ailments, int seed) {

    /** @throws IllegalArgumentException with what was asked for and the rule it breaks */
    static Faults parse(String asked, Instant anchor, int seed) {
        return new Faults(asked.isEmpty() ? List.of()
                : Arrays.stream(asked.split(",")).map(one -> Ailment.parse(one, anchor)).toList(), seed);
    }

    Condition ofDevice(int instance) {
        return new Condition(ailments.stream().filter(ailment -> !ailment.fault().ofNetwork()
                && ailment.first() <= instance && instance <= ailment.last()).toList(), seed * 31L + instance);
    }

    Condition ofNetwork() {
        return new Condition(ailments.stream().filter(ailment -> ailment.fault().ofNetwork()).toList(), seed);
    }

    /** @throws IllegalArgumentException if they are not for these devices, or a device could not tell them apart */
    void check(int firstInstance, int lastInstance) {
        for (Ailment ailment : ailments) {
            require(ailment.first() <= lastInstance && ailment.last() >= firstInstance, ailment.fault(),
                    "for devices there are, " + firstInstance + " to " + lastInstance);
            require(ailment.last() >= ailment.first(), ailment.fault(), "for devices FIRST-LAST, in this order");
        }
        for (int instance = firstInstance; instance <= lastInstance; instance++) {
            Condition condition = ofDevice(instance);
            List<Fault> histories = Arrays.stream(Fault.values())
                    .filter(fault -> fault.makesHistory() && condition.has(fault)).toList();
            require(histories.size() < 2, histories, "one of them only for device " + instance);
        }
    }

    private static void require(boolean sound, Object what, String rule) {
        if (!sound) {
            throw new IllegalArgumentException(Option.FAULT + " is " + what + "; it must be " + rule);
        }
    }
}
