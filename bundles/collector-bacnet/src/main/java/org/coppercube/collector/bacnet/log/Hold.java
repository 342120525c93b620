// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

/** Bounds how many samples are in memory on their way to the archive, over all devices. Belongs to the loop. */
public final class Hold {
    private static final int ROOM = 100_000;
    private static final int MOST = 20_000;
    private static final int LEAST = 1_000;

    private int samples;

    void add(int count) {
        samples += count;
    }

    void remove(int count) {
        samples -= count;
    }

    /** Whether a visit that has so many had better bring them to the archive before it reads on. */
    boolean isTimeToStore(int own) {
        return own >= (samples < ROOM ? MOST : LEAST);
    }
}
