// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Brings broadcasts to and from devices in other subnets that have registered (ASHRAE 135, Annex J.4 and J.5). */
final class Bbmd {

    /** A registration; times are milliseconds. */
    private record Registration(int seconds, long end) {
    }

    private static final byte BACNET_IP = (byte) 0x81;
    private static final byte RESULT = 0;
    private static final byte WRITE_TABLE = 1;
    private static final byte READ_TABLE = 2;
    private static final byte READ_TABLE_ACK = 3;
    private static final byte FORWARDED = 4;
    private static final byte REGISTER = 5;
    private static final byte READ_FOREIGN = 6;
    private static final byte READ_FOREIGN_ACK = 7;
    private static final byte DELETE_FOREIGN = 8;
    private static final byte DISTRIBUTE = 9;
    private static final int DONE = 0;
    private static final int WRITE_REFUSED = 0x10;
    private static final int REGISTER_REFUSED = 0x30;
    private static final int DELETE_REFUSED = 0x50;
    private static final int DISTRIBUTE_REFUSED = 0x60;
    private static final int ADDRESS = 6;
    private static final long GRACE = 30_000; // J.5.2.3
    private static final int MOST = 128;

    private final Place place;
    private final Condition condition;
    private final SimulatedClock clock;
    private final Map<InetSocketAddress, Registration> foreign = new LinkedHashMap<>();
    private long restarts;

    Bbmd(Place place, Condition condition, SimulatedClock clock) {
        this.place = place;
        this.condition = condition;
        this.clock = clock;
    }

    /** @param lan where the BBMD is */
    void hear(ByteBuffer datagram, SocketAddress sender, Lan lan) {
        if (isOff()) {
            return;
        }
        try {
            int length = datagram.remaining();
            if (datagram.get() == BACNET_IP) {
                byte function = datagram.get();
                if (Short.toUnsignedInt(datagram.getShort()) == length) {
                    obey(function, datagram, (InetSocketAddress) sender, lan);
                }
            }
        } catch (BufferUnderflowException e) {
            return; // cut off; there is no answer to that
        }
    }

    /** What a device in this subnet broadcasts reaches the others through the BBMD. */
    void forward(byte[] npdu, InetSocketAddress origin) {
        if (!isOff()) {
            ByteBuffer datagram = Frame.datagram(FORWARDED, ByteBuffer.allocate(ADDRESS + npdu.length)
                    .put(octets(origin)).put(npdu).array());
            registered().keySet().stream().filter(receiver -> !receiver.equals(origin))
                    .forEach(receiver -> place.send(datagram.duplicate(), receiver));
        }
    }

    Peer.Path path() {
        return (npdu, from) -> from.send(() -> forward(npdu, from.place().address()));
    }

    private void obey(byte function, ByteBuffer in, InetSocketAddress sender, Lan lan) {
        switch (function) {
            case WRITE_TABLE -> result(sender, WRITE_REFUSED);
            case READ_TABLE -> send(sender, READ_TABLE_ACK,
                    ByteBuffer.allocate(ADDRESS + 4).put(octets(place.address())).putInt(-1));
            case REGISTER -> result(sender, register(sender, Short.toUnsignedInt(in.getShort())));
            case READ_FOREIGN -> send(sender, READ_FOREIGN_ACK, table());
            case DELETE_FOREIGN -> result(sender,
                    registered().remove(address(in)) == null ? DELETE_REFUSED : DONE);
            case DISTRIBUTE -> distribute(in, sender, lan);
            default -> { } // nothing for a BBMD that is alone
        }
    }

    private int register(InetSocketAddress sender, int seconds) {
        if (condition.has(Fault.BBMD_REFUSAL) || registered().size() == MOST && !foreign.containsKey(sender)) {
            return REGISTER_REFUSED;
        }
        foreign.put(sender, new Registration(seconds, clock.real() + seconds * 1000L + GRACE));
        return DONE;
    }

    private void distribute(ByteBuffer npdu, InetSocketAddress sender, Lan lan) {
        if (!registered().containsKey(sender)) {
            result(sender, DISTRIBUTE_REFUSED);
            return;
        }
        byte[] octets = new byte[npdu.remaining()];
        npdu.duplicate().get(octets);
        forward(octets, sender);
        Optional<Frame> frame = Frame.parseNpdu(npdu);
        frame.ifPresent(heard -> lan.broadcast(heard, new Peer(heard.source(), path())));
    }

    private Map<InetSocketAddress, Registration> registered() {
        foreign.values().removeIf(registration -> registration.end <= clock.real());
        return foreign;
    }

    private boolean isOff() {
        long turns = condition.when(Fault.BBMD_AWAY).count(clock.now());
        if (turns != restarts) {
            restarts = turns;
            foreign.clear();
        }
        return condition.lasts(Fault.BBMD_AWAY, clock.now());
    }

    private ByteBuffer table() {
        ByteBuffer out = ByteBuffer.allocate(registered().size() * (ADDRESS + 4));
        foreign.forEach((address, registration) -> out.put(octets(address)).putShort((short) registration.seconds)
                .putShort((short) ((registration.end - clock.real()) / 1000)));
        return out;
    }

    private void result(InetSocketAddress receiver, int code) {
        send(receiver, RESULT, ByteBuffer.allocate(2).putShort((short) code));
    }

    private void send(InetSocketAddress receiver, byte function, ByteBuffer content) {
        place.send(Frame.datagram(function, content.array()), receiver);
    }

    private static byte[] octets(InetSocketAddress address) {
        return ByteBuffer.allocate(ADDRESS).put(address.getAddress().getAddress()).putShort((short) address.getPort())
                .array();
    }

    /** The socket that stands there as six octets. */
    static InetSocketAddress address(ByteBuffer in) {
        byte[] host = new byte[4];
        in.get(host);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(host), Short.toUnsignedInt(in.getShort()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }
}
