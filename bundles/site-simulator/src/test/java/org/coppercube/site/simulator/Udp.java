// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Somebody with a socket at 127.0.21.200, who sends and receives whole datagrams as hexadecimal digits. */
final class Udp implements AutoCloseable {

    private final DatagramSocket socket;
    private final int port;
    private final DatagramPacket received = new DatagramPacket(new byte[2000], 2000);

    /** @param port the devices' */
    Udp(int port) throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress("127.0.21.200", 0));
        this.port = port;
    }

    /** Address and port as they stand in BACnet messages, six octets. */
    String address() {
        return address("127.0.21.200", socket.getLocalPort());
    }

    static String address(String host, int port) {
        try {
            return HexFormat.of().formatHex(InetAddress.getByName(host).getAddress()) + String.format("%04x", port);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void send(String host, String datagram) throws IOException {
        byte[] octets = HexFormat.of().parseHex(datagram);
        socket.send(new DatagramPacket(octets, octets.length, InetAddress.getByName(host), port));
    }

    /** An APDU, to a device on this network. */
    void sendApdu(String host, String apdu) throws IOException {
        send(host, datagram("0a", "0104" + apdu));
    }

    /** An NPDU, for all who hear broadcasts. */
    void broadcast(String npdu) throws IOException {
        send("127.255.255.255", datagram("0b", npdu));
    }

    static String datagram(String function, String content) {
        return "81" + function + String.format("%04x", 4 + content.length() / 2) + content;
    }

    /** The next datagram; fails when none comes. */
    String receive() throws IOException {
        return receive(30_000);
    }

    /** Those that have come and wait to be read. */
    List<String> received() throws IOException {
        List<String> all = new ArrayList<>();
        try {
            while (true) {
                all.add(receive(1));
            }
        } catch (SocketTimeoutException e) {
            return all;
        }
    }

    String sender() {
        return received.getAddress().getHostAddress();
    }

    /** Whatever was sent before has been dealt with when this returns: the selector has made two whole rounds. */
    void barrier(String healthyHost) throws IOException {
        try (Udp other = new Udp(port)) {
            for (int i = 0; i < 2; i++) {
                other.sendApdu(healthyHost, "000500" + "63"); // a service nobody has
                other.receive();
            }
        }
    }

    private String receive(int millis) throws IOException {
        socket.setSoTimeout(millis);
        socket.receive(received);
        return HexFormat.of().formatHex(Arrays.copyOf(received.getData(), received.getLength()));
    }

    @Override
    public void close() {
        socket.close();
    }
}
