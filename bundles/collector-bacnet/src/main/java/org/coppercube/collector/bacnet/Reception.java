// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.util.List;
import org.coppercube.collector.bacnet.device.Roster;
import org.coppercube.collector.bacnet.exchange.Requests;
import org.coppercube.collector.bacnet.link.Dropped;
import org.coppercube.collector.bacnet.link.Fence;
import org.coppercube.collector.bacnet.link.Inlet;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.link.Throttle;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.message.Tags;
import org.coppercube.collector.bacnet.settings.Settings;

/** Brings what the link lets in to those it is for, from the link's thread into the loop. */
final class Reception implements Inlet.Listener {
    private static final int MOST_ROUTING_A_SECOND = 100; // each is looked at against all devices
    private static final String[] REASONS = {"another error", "no route to it", "it is busy", "an unknown message",
        "a message too long for it", "a security error", "a wrong address"};

    private final Settings settings;
    private final Loop loop;
    private final Dropped dropped;
    private final Connection connection;
    private final Requests requests;
    private final Roster roster;
    private final Routes routes;
    private final Notifications notifications;
    private final Throttle routing = new Throttle(MOST_ROUTING_A_SECOND, MOST_ROUTING_A_SECOND, System.nanoTime());

    Reception(Settings settings, Loop loop, Dropped dropped, Connection connection, Requests requests, Roster roster,
            Routes routes, Notifications notifications) {
        this.settings = settings;
        this.loop = loop;
        this.dropped = dropped;
        this.connection = connection;
        this.requests = requests;
        this.roster = roster;
        this.routes = routes;
        this.notifications = notifications;
    }

    private void offer(InetSocketAddress from, Runnable task) {
        if (!loop.offer(task)) {
            dropped.count(Fence.Verdict.FLOOD, from);
        }
    }

    @Override
    public void answer(Station from, byte[] datagram, int apdu) {
        Station known = connection.known(from);
        offer(from.link(), () -> countUnless(requests.answered(known, datagram, apdu), from.link()));
    }

    @Override
    public void tooLong(Station from, int invokeId) {
        Station known = connection.known(from);
        offer(from.link(), () -> requests.tooLong(known, invokeId));
    }

    private void countUnless(boolean asked, InetSocketAddress from) {
        if (!asked) {
            dropped.count(Fence.Verdict.UNASKED, from);
        }
    }

    @Override
    public void announcement(Station from, byte[] datagram, int apdu) {
        try {
            Tags tags = new Part(datagram, apdu + 2, datagram.length).tags();
            ObjectId device = tags.application(12).objectId();
            int maxApdu = (int) Math.min(Questions.LONGEST_ANSWER, tags.application(2).unsigned32());
            if (device.type() == ObjectId.DEVICE && settings.ranges().contains(device.instance())
                    && device.instance() != settings.deviceInstance()) {
                Station known = connection.known(from);
                offer(from.link(), () -> roster.heard(device.instance(), known, maxApdu));
            }
        } catch (ProtocolException e) {
            dropped.count(Fence.Verdict.TAGS, from.link());
        }
    }

    @Override
    public void question(InetSocketAddress from, byte[] datagram, int npdu) {
        connection.question(from, datagram, npdu);
    }

    @Override
    public Fence.Verdict notification(Station from, byte[] datagram, int apdu) {
        return notifications.take(connection.known(from), datagram, apdu);
    }

    @Override
    public void routes(InetSocketAddress router, List<Integer> networks) {
        routing(router, () -> countUnless(routes.claimed(router, networks), router));
    }

    @Override
    public void rejected(InetSocketAddress router, int network, int reason) {
        String why = reason < REASONS.length ? REASONS[reason] : "reason " + reason;
        routing(router, () -> countUnless(requests.rejected(router, network, why), router));
    }

    private void routing(InetSocketAddress router, Runnable task) {
        if (routing.lets(System.nanoTime())) {
            offer(router, task);
        } else {
            dropped.count(Fence.Verdict.FLOOD, router);
        }
    }
}
