// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.Encodable;
import com.serotonin.bacnet4j.util.sero.ByteQueue;

/** The brackets of constructed values (ASHRAE 135, clause 20.2.1.3.2), for tag numbers below 15. */
final class Tags {

    private Tags() {
    }

    static int opening(int number) {
        return number << 4 | 0xE;
    }

    static int closing(int number) {
        return number << 4 | 0xF;
    }

    static void open(ByteQueue out, int number) {
        out.push(opening(number));
    }

    static void close(ByteQueue out, int number) {
        out.push(closing(number));
    }

    static void writeAny(ByteQueue out, int number, Encodable value) {
        open(out, number);
        value.write(out);
        close(out, number);
    }
}
