// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The UDP sockets of a site, all on one port: one that hears broadcasts, one for each device on an address of its own.
 *
 * @param broadcast shared with whoever else listens for broadcasts, as a collector does
 * @param devices by their places in the row of addresses, the first being 0
 */
record Sockets(int port, DatagramChannel broadcast, Map<Integer, DatagramChannel> devices) implements AutoCloseable {

    private static final int BACNET_PORT = 47808;
    private static final int PORTS_TRIED = 1000;
    private static final int BLOCK = 250; // devices in 256 addresses: those that end with 255 cannot be had

    /**
     * @param first address of the first device
     * @param port 0 for the first from 47808 on that nobody uses on any of the addresses
     * @throws IOException if an address cannot be had; its message says which
     */
    static Sockets open(InetAddress broadcast, InetAddress first, List<Integer> places, int port) throws IOException {
        // The JDK forbids IPv4 sockets to bind 127.x.x.255; where it has no IPv6 sockets either, any address must do.
        boolean exact = bindable(broadcast);
        InetAddress heard = exact ? broadcast : InetAddress.getByAddress(new byte[4]);
        if (port != 0) {
            return openAt(heard, first, places, port, exact);
        }
        String refusal = "";
        for (int candidate = BACNET_PORT; candidate < BACNET_PORT + PORTS_TRIED; candidate++) {
            try {
                bind(DatagramChannel.open(), heard, candidate, false).close(); // a collector there is somebody else's
                return openAt(heard, first, places, candidate, exact);
            } catch (BindException e) {
                refusal = e.getMessage();
            }
        }
        throw new BindException("No port is free on all addresses; of " + PORTS_TRIED + " tried, the last: " + refusal);
    }

    private static boolean bindable(InetAddress address) throws IOException {
        try {
            bind(DatagramChannel.open(), address, 0, false).close();
            return true;
        } catch (BindException e) {
            return false;
        }
    }

    // Where the first socket is on any address, Linux gives the devices theirs only if they share the port.
    private static Sockets openAt(InetAddress heard, InetAddress first, List<Integer> places, int port,
            boolean exact) throws IOException {
        Sockets sockets = new Sockets(port, bind(DatagramChannel.open(), heard, port, true), new HashMap<>());
        try {
            for (int i : places) {
                DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
                sockets.devices.put(i, bind(channel, plus(first, i / BLOCK * 256 + i % BLOCK), port, !exact));
            }
            return sockets;
        } catch (IOException e) {
            sockets.close();
            throw e;
        }
    }

    private static DatagramChannel bind(DatagramChannel channel, InetAddress address, int port, boolean shared)
            throws IOException {
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, shared);
            channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
            channel.bind(new InetSocketAddress(address, port)).configureBlocking(false);
            return channel;
        } catch (BindException e) {
            channel.close();
            throw (BindException) new BindException("UDP port " + port + " on " + address.getHostAddress()
                    + " cannot be had (" + e.getMessage() + ")").initCause(e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static InetAddress plus(InetAddress first, int steps) throws UnknownHostException {
        int number = ByteBuffer.wrap(first.getAddress()).getInt() + steps;
        return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(number).array());
    }

    @Override
    public void close() throws IOException {
        broadcast.close();
        for (DatagramChannel device : devices.values()) {
            device.close();
        }
    }
}
