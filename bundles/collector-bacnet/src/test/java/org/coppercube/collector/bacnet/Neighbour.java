// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.function.Predicate;
import org.coppercube.collector.bacnet.link.Frames;

/** Somebody on the network, with one socket. */
public final class Neighbour implements AutoCloseable {
    /** What came. */
    public record Heard(InetSocketAddress from, byte[] frame) {
        boolean has(int function) {
            return Frames.function(frame) == function;
        }

        /** Where the application layer's part begins; only of a unicast one that was not routed. */
        int service() {
            return frame[6] == 0 ? frame[9] : frame[7];
        }
    }

    private final DatagramSocket socket;

    public Neighbour(String address, int port) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(address, port));
        socket.setSoTimeout(60_000);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public void send(InetSocketAddress to, int function, byte[]... parts) {
        byte[] frame = Frames.wrap(function, parts).array();
        try {
            socket.send(new DatagramPacket(frame, frame.length, to));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The next one of this kind; others are passed over. */
    public Heard await(Predicate<Heard> kind) throws IOException {
        while (true) {
            Heard heard = next();
            if (kind.test(heard)) {
                return heard;
            }
        }
    }

    public Heard await(int function) throws IOException {
        return await(heard -> heard.has(function));
    }

    Heard next() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        socket.receive(packet);
        return new Heard((InetSocketAddress) packet.getSocketAddress(),
                Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    @Override
    public void close() {
        socket.close();
    }
}
