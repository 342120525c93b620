// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** A device's connection to the network, with what the network does to its datagrams. */
final class Wire {

    private static final long LONGEST_HOLD = 1000;

    private final Place place;
    private final Condition condition;
    private final Agenda agenda;
    private Runnable held;

    Wire(Place place, Condition condition, Agenda agenda) {
        this.place = place;
        this.condition = condition;
        this.agenda = agenda;
    }

    Place place() {
        return place;
    }

    /** Whether the datagram that is just arriving does not. */
    boolean loses() {
        return condition.strikes(Fault.LOSS);
    }

    void send(ByteBuffer datagram, SocketAddress receiver) {
        send(() -> place.send(datagram.duplicate(), receiver));
    }

    /** @param once what brings a datagram on its way; done as often as the network does it, and when */
    void send(Runnable once) {
        if (condition.strikes(Fault.LOSS)) {
            return;
        }
        boolean twice = condition.strikes(Fault.DUPLICATES);
        Runnable sending = () -> {
            once.run();
            if (twice) {
                once.run();
            }
        };
        if (held == null && condition.strikes(Fault.REORDER)) {
            held = sending;
            agenda.after(LONGEST_HOLD, () -> release(sending));
        } else {
            run(sending);
            release(held);
        }
    }

    private void release(Runnable sending) {
        if (sending != null && sending == held) {
            held = null;
            run(sending);
        }
    }

    private void run(Runnable sending) {
        long delay = condition.amount(Fault.DELAY, 0);
        if (delay == 0) {
            sending.run();
        } else {
            agenda.after(delay, sending);
        }
    }
}
