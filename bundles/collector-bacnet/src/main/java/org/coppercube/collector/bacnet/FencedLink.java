// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data link: a socket of our own and one for broadcasts, both behind the {@link Fence}. */
final class FencedLink implements AutoCloseable {

    /** Gets what the fence lets through, on the link's thread; must return at once. */
    interface Listener {
        /** An answer; not yet known to what. */
        void answer(Station from, byte[] datagram, int apdu);

        /** An I-Am; not yet known whether sound. */
        void announcement(Station from, byte[] datagram, int apdu);

        /** Something that our own device may answer. */
        void question(InetSocketAddress from, byte[] datagram, int npdu);
    }

    private static final Logger LOG = LoggerFactory.getLogger(FencedLink.class);
    private static final int LONGEST = 2048;
    private static final int MOST_AT_ONCE = 500; // so that a flood into one socket does not keep the other waiting
    private static final int BUFFER = 4 << 20; // a Who-Is is answered by all at once

    private final Attachment attachment;
    private final Settings settings;
    private final Bbmds bbmds;
    private final Listener listener;
    private final Thread thread;
    private final AtomicLongArray verdicts = new AtomicLongArray(Fence.Verdict.values().length);
    private final Selector selector;
    private final DatagramChannel own;
    private final InetSocketAddress address;
    private volatile boolean closed;

    /** @throws IOException if an address or port cannot be had; nothing is left open then */
    FencedLink(Attachment attachment, Settings settings, Listener listener) throws IOException {
        this.attachment = attachment;
        this.settings = settings;
        this.bbmds = new Bbmds(settings.bbmds(), settings.bbmdSeconds());
        this.listener = listener;
        this.thread = new Thread(this::receive, "collector-bacnet-" + settings.name() + "-link");
        this.selector = Selector.open();
        try {
            own = bind(DatagramChannel.open(StandardProtocolFamily.INET),
                    new InetSocketAddress(attachment.address(), settings.localPort()), false);
            address = (InetSocketAddress) own.getLocalAddress();
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
            throw new IOException(at.getAddress().getHostAddress() + ":" + at.getPort() + ": " + e.getMessage(), e);
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
                verdicts.incrementAndGet(take(datagram, from, channel != own).ordinal());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Fence.Verdict take(byte[] datagram, InetSocketAddress from, boolean broadcast) {
        if (from.equals(address)) {
            return Fence.Verdict.ECHO;
        }
        if (attachment.isLoopback() && !from.getAddress().isLoopbackAddress()) {
            return Fence.Verdict.LINK_LAYER; // the socket for broadcasts may hear all interfaces then
        }
        switch (Frames.function(datagram)) {
            case Frames.UNICAST, Frames.BROADCAST:
                return take(datagram, 4, from);
            case Frames.FORWARDED:
                // it names another sender, which we believe our own BBMDs and those of the neighbourhood only
                return datagram.length >= 10 && (broadcast || bbmds.contains(from))
                        ? take(datagram, 10, Frames.address(datagram, 4)) : Fence.Verdict.LINK_LAYER;
            case Frames.RESULT:
                return datagram.length == 6 && bbmds.answered(from, datagram[4] << 8 | datagram[5] & 0xFF)
                        ? Fence.Verdict.ANSWER : Fence.Verdict.LINK_LAYER;
            default:
                return Fence.Verdict.LINK_LAYER;
        }
    }

    private Fence.Verdict take(byte[] datagram, int npdu, InetSocketAddress from) {
        int apdu = Frames.application(datagram, npdu);
        if (apdu < 0) {
            return Fence.Verdict.NETWORK_LAYER;
        }
        Fence.Verdict verdict = Fence.judge(datagram, apdu, datagram.length);
        switch (verdict) {
            case ANSWER -> listener.answer(Frames.source(datagram, npdu, from), datagram, apdu);
            case I_AM -> listener.announcement(Frames.source(datagram, npdu, from), datagram, apdu);
            case QUESTION -> listener.question(from, datagram, npdu);
            default -> { }
        }
        return verdict;
    }

    /** Sends an APDU to one device, which shall answer. */
    void ask(Station to, byte[] apdu) throws IOException {
        transmit(Frames.wrap(Frames.UNICAST, Frames.header(to), apdu), to.link());
    }

    /** Sends a network layer message, or both parts of one, to one address. */
    void send(InetSocketAddress to, byte[] npdu) throws IOException {
        transmit(Frames.wrap(Frames.UNICAST, npdu), to);
    }

    /** Sends a network layer message to all who can be reached: neighbours, and those behind a BBMD. */
    void broadcast(byte[]... npdu) {
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

    /** How many datagrams were refused, by reason. */
    Map<Fence.Verdict, Long> refused() {
        Map<Fence.Verdict, Long> counts = new EnumMap<>(Fence.Verdict.class);
        for (Fence.Verdict verdict : Fence.Verdict.values()) {
            if (verdict.compareTo(Fence.Verdict.ECHO) > 0 && verdicts.get(verdict.ordinal()) > 0) {
                counts.put(verdict, verdicts.get(verdict.ordinal()));
            }
        }
        return counts;
    }

    Attachment attachment() {
        return attachment;
    }

    Bbmds bbmds() {
        return bbmds;
    }

    /** Our own address and port. */
    InetSocketAddress address() {
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
