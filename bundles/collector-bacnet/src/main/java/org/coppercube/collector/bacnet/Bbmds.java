// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Our registrations as a foreign device (ASHRAE 135, J.5.2). A BBMD that does not answer is asked again every five
 * seconds; one that did, at half its time to live. Registering belongs to the link's thread.
 */
final class Bbmds {
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private static final class Registration {
        private volatile boolean granted;
        private boolean asked; // and not answered yet
        private long due = System.nanoTime();
    }

    private final Map<InetSocketAddress, Registration> registrations = new LinkedHashMap<>();
    private final int seconds;

    Bbmds(List<InetSocketAddress> addresses, int seconds) {
        addresses.forEach(address -> registrations.put(address, new Registration()));
        this.seconds = seconds;
    }

    Iterable<InetSocketAddress> addresses() {
        return registrations.keySet();
    }

    /** Whether it is one of ours. */
    boolean contains(InetSocketAddress address) {
        return registrations.containsKey(address);
    }

    /** Those that do not forward for us now. */
    List<InetSocketAddress> away() {
        return registrations.entrySet().stream().filter(one -> !one.getValue().granted).map(Map.Entry::getKey).toList();
    }

    /** Those that a registration must be sent to now. One that left the last one unanswered is taken for gone. */
    List<InetSocketAddress> due() {
        List<InetSocketAddress> due = new ArrayList<>();
        registrations.forEach((address, one) -> {
            if (System.nanoTime() - one.due >= 0) {
                one.granted &= !one.asked;
                one.asked = true;
                one.due = System.nanoTime() + TRY_AGAIN.toNanos();
                due.add(address);
            }
        });
        return due;
    }

    /** Somebody answered with this code. @return whether it is one of ours */
    boolean answered(InetSocketAddress address, int code) {
        Registration one = registrations.get(address);
        if (one != null) {
            one.asked = false;
            one.granted = code == 0;
            if (one.granted) {
                one.due = System.nanoTime() + Duration.ofSeconds(seconds).toNanos() / 2;
            }
        }
        return one != null;
    }

    ByteBuffer registration() {
        return Frames.wrap(Frames.REGISTER_FOREIGN, new byte[] {(byte) (seconds >> 8), (byte) seconds});
    }

    static ByteBuffer deletion(InetSocketAddress own) {
        return Frames.wrap(Frames.DELETE_FOREIGN, Frames.bytes(own));
    }
}
