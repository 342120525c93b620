// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.exchange;

/**
 * How much is lost on the way to a device and back, as its answers show: a question that came through at the third time
 * was lost twice. Belongs to the loop.
 */
public final class Line {
    private static final double RISK = 1e-4; // of giving a question up though the device is there
    private static final int MOST_TIMES = 10;
    private static final int MEMORY = 100; // datagrams that count

    private double sent;
    private double answered;

    /** A question was answered when it had been sent so many times. */
    void came(int times) {
        sent += times;
        answered++;
        if (sent > MEMORY) {
            sent /= 2;
            answered /= 2;
        }
    }

    /** How many times a question has to be sent until it is hardly the line that it is not answered. */
    int times() {
        double lost = sent == 0 ? 0 : 1 - answered / sent;
        return lost == 0 ? 1 : (int) Math.min(MOST_TIMES, Math.ceil(Math.log(RISK) / Math.log(lost)));
    }
}
