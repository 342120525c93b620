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
                && ailment.devices().contains(instance)).toList(), seed * 31L + instance);
    }

    Condition ofNetwork() {
        return new Condition(ailments.stream().filter(ailment -> ailment.fault().ofNetwork()).toList(), seed);
    }

    /** @throws IllegalArgumentException if they are not for these devices, or a device could not tell them apart */
    void check(int firstInstance, int lastInstance, boolean router, boolean bbmd) {
        for (Ailment ailment : ailments) {
            require(ailment.devices() == Instances.ALL || ailment.devices().isWithin(firstInstance, lastInstance),
                    ailment.fault(), "for devices that there are, " + firstInstance + " to " + lastInstance);
            require(router || !ailment.fault().toString().startsWith("router"), ailment.fault(),
                    "with " + Option.BEHIND_ROUTER);
            require(bbmd || !ailment.fault().toString().startsWith("bbmd"), ailment.fault(), "with " + Option.BBMD);
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
