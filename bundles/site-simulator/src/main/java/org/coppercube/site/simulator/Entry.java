// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.util.sero.ByteQueue;

/** What one record of a log says, apart from its time. */
@FunctionalInterface
interface Entry {

    /** A real of which half is missing. */
    Entry TRUNCATED = of(0x2C, 0x41, 0xAC);

    /** An octet under a tag that no kind of record has. */
    Entry UNKNOWN_CHOICE = of(0xB9, 5);

    /** Writes the whole record. */
    void write(ByteQueue out, WallTime time);

    /** Writes what all records begin with: their time, and the opening of what they say. */
    static void open(ByteQueue out, WallTime time) {
        Tags.open(out, 0);
        time.write(out);
        Tags.close(out, 0);
        Tags.open(out, 1);
    }

    static void close(ByteQueue out) {
        Tags.close(out, 1);
    }

    private static Entry of(int... octets) {
        return (out, time) -> {
            open(out, time);
            for (int octet : octets) {
                out.push(octet);
            }
            close(out);
        };
    }
}
