// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import com.serotonin.bacnet4j.enums.MaxApduLength;
import com.serotonin.bacnet4j.npdu.NPDU;
import com.serotonin.bacnet4j.npdu.Network;
import com.serotonin.bacnet4j.npdu.NetworkIdentifier;
import com.serotonin.bacnet4j.npdu.ip.IpNetworkIdentifier;
import com.serotonin.bacnet4j.npdu.ip.IpNetworkUtils;
import com.serotonin.bacnet4j.type.constructed.Address;
import com.serotonin.bacnet4j.type.primitive.OctetString;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Station;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The link as BACnet4J sees it: it hears the questions that the fence let through, and may answer them. */
final class LibraryLink extends Network {
    private static final Logger LOG = LoggerFactory.getLogger(LibraryLink.class);
    /** Address that nobody has: what comes from and goes to it tells that BACnet4J still answers. */
    private static final OctetString NOWHERE = IpNetworkUtils.toOctetString(new byte[4], 0);

    /** BACnet4J's queue has no end, and an answer to "Who-Is" is a broadcast. */
    private static final int MOST_QUESTIONS_A_SECOND = 100;

    private final FencedLink link;
    private final Dropped dropped;
    private final Throttle questions =
            new Throttle(MOST_QUESTIONS_A_SECOND, MOST_QUESTIONS_A_SECOND, System.nanoTime());
    private volatile boolean alive = true;

    LibraryLink(FencedLink link, Dropped dropped) {
        this.link = link;
        this.dropped = dropped;
    }

    /** Takes a question that passed the fence, on the link's thread. */
    void question(InetSocketAddress from, byte[] datagram, int npdu) {
        if (questions.lets(System.nanoTime())) {
            ByteQueue queue = new ByteQueue(datagram, npdu, datagram.length - npdu);
            handleIncomingData(queue, IpNetworkUtils.toOctetString(from));
        } else {
            dropped.count(Fence.Verdict.FLOOD, from);
        }
    }

    /** Asks BACnet4J for its name, from nowhere. @return whether it has answered the last time */
    boolean probe(int instance) {
        boolean answered = alive;
        alive = false;
        ByteQueue npdu = new ByteQueue(Frames.header(new Station(link.address()), true));
        npdu.push(Questions.readProperty(new PropertyRef(ObjectId.device(instance), PropertyRef.OBJECT_NAME)).apdu(0));
        handleIncomingData(npdu, NOWHERE);
        return answered;
    }

    /** Lets answers and the two announcements out. What else BACnet4J would like to say at start nobody needs. */
    @Override
    public void sendNPDU(Address recipient, OctetString router, ByteQueue npdu, boolean broadcast,
            boolean expectsReply) {
        OctetString destination = getDestination(recipient, router);
        byte[] bytes = npdu.popAll();
        boolean routing = (bytes[1] & 0x80) != 0;
        try {
            if (destination.equals(NOWHERE)) {
                alive = true;
            } else if (broadcast && isAnnouncement(bytes)) {
                link.broadcast(bytes);
            } else if (!broadcast && !expectsReply && !routing) {
                link.send(IpNetworkUtils.getInetSocketAddress(destination), bytes);
            }
        } catch (IOException | IllegalArgumentException e) { // somebody who asks from port 0 cannot be answered
            LOG.debug("An answer to {} could not be sent", recipient, e);
        }
    }

    private static boolean isAnnouncement(byte[] npdu) {
        int apdu = Frames.application(npdu, 0);
        return apdu >= 0 && npdu.length > apdu + 1 && npdu[apdu] == 0x10
                && (npdu[apdu + 1] == Questions.I_AM || npdu[apdu + 1] == Questions.I_HAVE);
    }

    @Override
    protected NPDU handleIncomingDataImpl(ByteQueue queue, OctetString from) throws Exception {
        return parseNpduData(queue, from);
    }

    /** The link is closed by the one who opened it. */
    @Override
    public void terminate() {
    }

    @Override
    public MaxApduLength getMaxApduLength() {
        return MaxApduLength.UP_TO_1476;
    }

    @Override
    public NetworkIdentifier getNetworkIdentifier() {
        return new IpNetworkIdentifier(link.address().getPort(), link.address().getAddress().getHostAddress());
    }

    @Override
    protected OctetString getBroadcastMAC() {
        return IpNetworkUtils.toOctetString(link.broadcastAddress());
    }

    @Override
    public Address[] getAllLocalAddresses() {
        return new Address[] {getLoopbackAddress()};
    }

    @Override
    public Address getLoopbackAddress() {
        return IpNetworkUtils.toAddress(link.address());
    }

    @Override
    public long getBytesIn() {
        return 0;
    }

    @Override
    public long getBytesOut() {
        return 0;
    }
}
