// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data link: a socket of our own and one for broadcasts, both behind the {@link Fence}. */
public final class FencedLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FencedLink.class);
    private static final int LONGEST = 65_507; // a UDP datagram over IPv4: none is cut off and taken for another thing
    private static final int MOST_AT_ONCE = 500; // so that a flood into one socket does not keep the other waiting
    private static final int BUFFER = 4 << 20; // a Who-Is is answered by all at once

    private final Attachment attachment;
    private final Settings settings;
    private final Bbmds bbmds;
    private final Dropped dropped;
    private final Thread thread;
    private final Selector selector;
    private final DatagramChannel own;
    private final InetSocketAddress address;
    private final Inlet inlet;
    private volatile boolean closed;

    /** @throws IOException if an address or port cannot be had; nothing is left open then */
    public FencedLink(Attachment attachment, Settings settings, Bbmds bbmds, Dropped dropped, Inlet.Listener listener)
            throws IOException {
        this.attachment = attachment;
        this.settings = settings;
        this.bbmds = bbmds;
        this.dropped = dropped;
        this.thread = new Thread(this::receive, "collector-bacnet-" + settings.name() + "-link");
        this.selector = Selector.open();
        try {
            own = bind(DatagramChannel.open(StandardProtocolFamily.INET),
                    new InetSocketAddress(attachment.address(), settings.localPort()), false);
            address = (InetSocketAddress) own.getLocalAddress();
            inlet = new Inlet(attachment, address, bbmds, listener);
            if (attachment.broadcast() != null) {
                hearBroadcasts();
            }
        } catch (IOException e) {
            closeSockets();
            throw e;
        }
        thread.start();
    }

    /**
     * Java binds loopback's broadcast address by sockets for both IP versions only; where there is none, any address.
     */
    private void hearBroadcasts() throws IOException {
        try {
            bind(DatagramChannel.open(), broadcastAddress(), true);
        } catch (IOException e) {
            if (!attachment.isLoopback()) {
                throw e;
            }
            bind(DatagramChannel.open(), new InetSocketAddress(settings.port()), true);
        }
    }

    /** @param shared the broadcast address is for every BACnet program of the machine; our own address must not be */
    private DatagramChannel bind(DatagramChannel channel, InetSocketAddress at, boolean shared) throws IOException {
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, shared);
            channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
            channel.bind(at).configureBlocking(false).register(selector, SelectionKey.OP_READ);
            return channel;
        } catch (IOException e) {
            channel.close();
            String key = shared ? "port" : settings.localPort() == 0 ? "interface" : "local.port";
            throw new IOException(at.getAddress().getHostAddress() + ":" + at.getPort() + " cannot be had ("
                    + e.getMessage() + "); see " + key + " in " + settings.file(), e);
        }
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(LONGEST);
        while (!closed) {
            try {
                for (InetSocketAddress bbmd : bbmds.due()) {
                    tell(bbmds.registration(), bbmd);
                }
                selector.select(key -> drain((DatagramChannel) key.channel(), buffer), 500);
            } catch (IOException | RuntimeException | Error e) { // the thread must outlive whatever is sent to it
                if (!closed) {
                    LOG.debug("Network {}: a datagram could not be taken", settings.name(), e);
                    LockSupport.parkNanos(10_000_000);
                }
            }
        }
    }

    private void drain(DatagramChannel channel, ByteBuffer buffer) {
        try {
            for (int n = 0; n < MOST_AT_ONCE; n++) {
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer.clear());
                if (from == null) {
                    return;
                }
                byte[] datagram = new byte[buffer.flip().remaining()];
                buffer.get(datagram);
                Fence.Verdict verdict = inlet.take(datagram, from, channel != own);
                if (verdict.isRefusal()) {
                    dropped.count(verdict, from);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends an APDU to one device, which shall answer if it is a confirmed request. */
    public void send(Station to, byte[] apdu) throws IOException {
        transmit(Frames.wrap(Frames.UNICAST, Frames.header(to, apdu[0] == 0), apdu), to.link());
    }

    /** Sends a network layer message, or both parts of one, to one address. */
    public void send(InetSocketAddress to, byte[] npdu) throws IOException {
        transmit(Frames.wrap(Frames.UNICAST, npdu), to);
    }

    /** Sends a network layer message to all who can be reached: neighbours, and those behind a BBMD. */
    public void broadcast(byte[]... npdu) {
        if (attachment.broadcast() != null) {
            tell(Frames.wrap(Frames.BROADCAST, npdu), broadcastAddress());
        }
        for (InetSocketAddress bbmd : bbmds.addresses()) {
            tell(Frames.wrap(Frames.DISTRIBUTE, npdu), bbmd);
        }
    }

    /** One that cannot be reached must not keep the others from being told. */
    private void tell(ByteBuffer frame, InetSocketAddress to) {
        try {
            transmit(frame, to);
        } catch (IOException e) {
            LOG.debug("Network {}: {} could not be told", settings.name(), to, e);
        }
    }

    private void transmit(ByteBuffer frame, InetSocketAddress to) throws IOException {
        own.send(frame, to);
    }

    public Attachment attachment() {
        return attachment;
    }

    /** Our own address and port. */
    public InetSocketAddress address() {
        return address;
    }

    /** Where broadcasts go; of a link that has none, an address that nobody listens to. */
    InetSocketAddress broadcastAddress() {
        return attachment.broadcast() == null ? address
                : new InetSocketAddress(attachment.broadcast(), settings.port());
    }

    /** Takes leave of the BBMDs and closes the sockets; waits a moment for the thread. May be repeated. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (InetSocketAddress bbmd : bbmds.addresses()) {
            tell(Bbmds.deletion(address), bbmd);
        }
        selector.wakeup();
        try {
            thread.join(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeSockets();
    }

    private void closeSockets() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            LOG.debug("Network {}: a socket could not be closed", settings.name(), e);
        }
    }
}
