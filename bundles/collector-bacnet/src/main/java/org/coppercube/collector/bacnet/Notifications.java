// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.coppercube.collector.bacnet.exchange.Requests;
import org.coppercube.collector.bacnet.link.Fence;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.link.Throttle;
import org.coppercube.collector.bacnet.log.Bindings;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.message.Tags;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the devices' notifications: says that they have come, and has a device visited whose log has filled up, at once
 * and then every ten seconds at most. What they say is no more than a hint, as anybody can send them.
 */
final class Notifications {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int MOST_A_SECOND = 200;
    private static final int BUFFER_READY = 10;

    private final boolean wanted;
    private final Bindings bindings;
    private final Requests.Wire wire;
    private final Loop loop;
    private final IntConsumer visit;
    private final Throttle flood = new Throttle(MOST_A_SECOND, MOST_A_SECOND, System.nanoTime());
    private final Map<Integer, Boolean> resting = new HashMap<>(); // devices just visited; whether they notified since

    Notifications(boolean wanted, Bindings bindings, Requests.Wire wire, Loop loop, IntConsumer visit) {
        this.wanted = wanted;
        this.bindings = bindings;
        this.wire = wire;
        this.loop = loop;
        this.visit = visit;
    }

    /** Takes one that the fence has found sound, on the link's thread. @return what becomes of it */
    Fence.Verdict take(Station from, byte[] datagram, int apdu) {
        if (!wanted) {
            return Fence.Verdict.SERVICE;
        }
        boolean confirmed = datagram[apdu] >> 4 == 0;
        try {
            Tags tags = new Part(datagram, apdu + (confirmed ? 4 : 2), datagram.length).tags();
            tags.context(0);
            ObjectId device = tags.context(1).objectId();
            if (device.type() != ObjectId.DEVICE || !bindings.isAt(device.instance(), from)) {
                return Fence.Verdict.STRANGER;
            }
            if (!flood.lets(System.nanoTime())
                    || isBufferReady(tags) && !loop.offer(() -> notified(device.instance()))) {
                return Fence.Verdict.FLOOD;
            }
            if (confirmed) {
                wire.send(from, Questions.notificationTaken(datagram[apdu + 2]));
            }
        } catch (ProtocolException e) {
            return Fence.Verdict.TAGS;
        } catch (IOException e) {
            LOG.debug("A notification of {} could not be answered", from, e);
        }
        return Fence.Verdict.NOTIFICATION;
    }

    /** Whether it is of the type that logs send (ASHRAE 135, 13.8.1); a class may have others, too. */
    private static boolean isBufferReady(Tags tags) throws ProtocolException {
        tags.context(2);
        tags.pair(3);
        tags.context(4);
        tags.context(5);
        return tags.context(6).unsigned() == BUFFER_READY;
    }

    private void notified(int instance) {
        if (resting.replace(instance, true) == null) {
            resting.put(instance, false);
            visit.accept(instance);
            loop.schedule(() -> {
                if (resting.remove(instance)) {
                    notified(instance);
                }
            }, PAUSE);
        }
    }
}
