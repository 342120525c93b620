// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.nio.ByteBuffer;
import java.util.List;

/** Joins a network of other devices to the one on IP (ASHRAE 135, clause 6). */
final class Router {

    private static final byte WHO_IS_ROUTER_TO_NETWORK = 0;
    private static final byte I_AM_ROUTER_TO_NETWORK = 1;
    private static final byte REJECT_MESSAGE_TO_NETWORK = 3;
    private static final byte NO_SUCH_NETWORK = 1;

    private final int network;
    private final List<Station> stations;
    private final Wire wire;
    private final Condition condition;
    private final SimulatedClock clock;

    /** @param stations their addresses on their network are 1 and following */
    Router(int network, List<Station> stations, Wire wire, Condition condition, SimulatedClock clock) {
        this.network = network;
        this.stations = stations;
        this.wire = wire;
        this.condition = condition;
        this.clock = clock;
    }

    /** What the devices behind a router add to what they send: network, length and address. */
    static byte[] source(int network, int address) {
        return ByteBuffer.allocate(4).putShort((short) network).put((byte) 1).put((byte) address).array();
    }

    void hear(Frame frame, Peer sender, boolean broadcast) {
        if (condition.lasts(Fault.ROUTER_AWAY, clock.now())) {
            return;
        }
        if (frame.network() == network && frame.station().length > 0) {
            int address = Byte.toUnsignedInt(frame.station()[0]);
            if (frame.station().length == 1 && address >= 1 && address <= stations.size()) {
                stations.get(address - 1).hear(frame, sender, false);
            }
        } else if (frame.network() == network || frame.network() == Frame.ALL_NETWORKS) {
            stations.forEach(station -> station.hear(frame, sender, true));
        } else if (frame.network() != Frame.THIS_NETWORK && !broadcast) {
            say(sender, ByteBuffer.allocate(4).put(REJECT_MESSAGE_TO_NETWORK).put(NO_SUCH_NETWORK)
                    .putShort((short) frame.network()));
        }
        ByteBuffer content = frame.apdu();
        if (frame.message() && content.hasRemaining() && content.get() == WHO_IS_ROUTER_TO_NETWORK
                && (content.remaining() < 2 || Short.toUnsignedInt(content.getShort()) == network)) {
            say(sender, ByteBuffer.allocate(3).put(I_AM_ROUTER_TO_NETWORK).putShort((short) network));
        }
    }

    private void say(Peer receiver, ByteBuffer message) {
        receiver.path().carry(Frame.message(receiver.route(), message.array()), wire);
    }
}
