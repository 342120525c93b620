// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Station;

/** Takes datagrams out of their envelopes, and to those they are for if the {@link Fence} lets them. */
public final class Inlet {
    /** Gets what is let in, on the link's thread; must return at once. */
    public interface Listener {
        /** An answer; not yet known to what. */
        void answer(Station from, byte[] datagram, int apdu);

        /** An answer that is longer than an APDU, or a segment of one; not yet known to what. */
        void tooLong(Station from, int invokeId);

        /** An I-Am; not yet known whether sound. */
        void announcement(Station from, byte[] datagram, int apdu);

        /** Something that our own device may answer. */
        void question(InetSocketAddress from, byte[] datagram, int npdu);

        /** A notification of an event. @return whether it was wanted, else why not */
        Fence.Verdict notification(Station from, byte[] datagram, int apdu);

        /** A router says which networks are behind it. */
        void routes(InetSocketAddress router, List<Integer> networks);

        /** A router says that it passes nothing on to a network (ASHRAE 135, 6.4.4). */
        void rejected(InetSocketAddress router, int network, int reason);
    }

    private final Attachment attachment;
    private final InetSocketAddress own;
    private final Bbmds bbmds;
    private final Listener listener;

    Inlet(Attachment attachment, InetSocketAddress own, Bbmds bbmds, Listener listener) {
        this.attachment = attachment;
        this.own = own;
        this.bbmds = bbmds;
        this.listener = listener;
    }

    /** @param broadcast whether it was sent to all */
    Fence.Verdict take(byte[] datagram, InetSocketAddress from, boolean broadcast) {
        if (from.equals(own)) {
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
                if (datagram.length < 10 || !broadcast && !bbmds.contains(from)) {
                    return Fence.Verdict.LINK_LAYER;
                }
                InetSocketAddress origin = Frames.address(datagram, 4);
                return isPossible(origin) ? take(datagram, 10, origin) : Fence.Verdict.ORIGIN;
            case Frames.RESULT:
                return datagram.length == 6 && bbmds.answered(from, Frames.word(datagram, 4))
                        ? Fence.Verdict.ANSWER : Fence.Verdict.LINK_LAYER;
            default:
                return Fence.Verdict.LINK_LAYER;
        }
    }

    /** Whether that can be another device's address: what we send there must not come to many, or to ourselves. */
    private boolean isPossible(InetSocketAddress origin) {
        InetAddress address = origin.getAddress();
        int first = address.getAddress()[0] & 0xFF;
        return first > 0 && first < 224 && origin.getPort() > 0 && !address.equals(attachment.address())
                && !address.equals(attachment.broadcast()) && address.isLoopbackAddress() == attachment.isLoopback();
    }

    private Fence.Verdict take(byte[] datagram, int npdu, InetSocketAddress from) {
        int content = Frames.content(datagram, npdu);
        if (content < 0) {
            return Fence.Verdict.NETWORK_LAYER;
        }
        if (Frames.isForRouters(datagram, npdu)) {
            return Frames.isRouted(datagram, npdu) ? Fence.Verdict.NETWORK_LAYER : routing(datagram, content, from);
        }
        Station station = Frames.source(datagram, npdu, from);
        Fence.Verdict verdict = Fence.judge(datagram, content, datagram.length);
        switch (verdict) {
            case ANSWER -> listener.answer(station, datagram, content);
            case I_AM -> listener.announcement(station, datagram, content);
            case QUESTION -> listener.question(from, datagram, npdu);
            case NOTIFICATION -> verdict = listener.notification(station, datagram, content);
            case LONG, SEGMENTED -> {
                if (Fence.isAck(datagram, content)) {
                    listener.tooLong(station, datagram[content + 1] & 0xFF);
                }
            }
            default -> { }
        }
        return verdict;
    }

    private Fence.Verdict routing(byte[] datagram, int at, InetSocketAddress from) {
        int length = datagram.length - at - 1;
        if (length > Questions.LONGEST_ANSWER) {
            return Fence.Verdict.LONG;
        }
        if (datagram[at] == Frames.I_AM_ROUTER && length > 0 && length % 2 == 0) {
            listener.routes(from, IntStream.range(0, length / 2)
                    .mapToObj(i -> Frames.word(datagram, at + 1 + 2 * i)).toList());
            return Fence.Verdict.ROUTING;
        }
        if (datagram[at] == Frames.REJECT_MESSAGE && length >= 3) {
            listener.rejected(from, Frames.word(datagram, at + 2), datagram[at + 1] & 0xFF);
            return Fence.Verdict.ROUTING;
        }
        return Fence.Verdict.NETWORK_LAYER;
    }
}
