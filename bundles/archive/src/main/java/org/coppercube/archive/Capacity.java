// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

/** How many logs are archived at most. */
enum Capacity {
    /** A small building. */ S(250),
    /** A large one. */ M(1_000),
    /** Several. */ L(2_500),
    /** As many as were tried. */ XL(5_000);

    private final int places;

    Capacity(int places) {
        this.places = places;
    }

    /** @throws IllegalArgumentException if there is none of this name */
    static Capacity of(String name) {
        for (Capacity each : values()) {
            if (each.name().equals(name.strip())) {
                return each;
            }
        }
        throw new IllegalArgumentException("capacity is \"" + name + "\"; it must be S, M, L or XL");
    }

    int places() {
        return places;
    }
}
