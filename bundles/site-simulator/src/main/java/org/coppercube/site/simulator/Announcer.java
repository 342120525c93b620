// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.service.confirmed.ConfirmedEventNotificationRequest;
import com.serotonin.bacnet4j.type.constructed.Destination;
import com.serotonin.bacnet4j.type.constructed.DeviceObjectPropertyReference;
import com.serotonin.bacnet4j.type.constructed.Recipient;
import com.serotonin.bacnet4j.type.constructed.TimeStamp;
import com.serotonin.bacnet4j.type.enumerated.EventState;
import com.serotonin.bacnet4j.type.enumerated.EventType;
import com.serotonin.bacnet4j.type.enumerated.NotifyType;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.notificationParameters.BufferReadyNotif;
import com.serotonin.bacnet4j.type.notificationParameters.NotificationParameters;
import com.serotonin.bacnet4j.type.primitive.Boolean;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the recipients of a device's notification class that a log has so many new records (ASHRAE 135, 13.3.7). */
final class Announcer {

    /** How the device reaches others. */
    interface Mouth {
        void say(byte[] apdu, boolean expectingReply, Peer receiver);

        void sayToAll(byte[] apdu);
    }

    private static final byte CONFIRMED_NOTIFICATION = 2;
    private static final byte UNCONFIRMED_REQUEST = 0x10;
    private static final byte UNCONFIRMED_NOTIFICATION = 3;
    private static final int TRIES = 4;
    private static final long TRY_MILLIS = 3000; // as the Device object says
    private static final int MAC = 6;

    private final Controller device;
    private final Mouth mouth;
    private final Agenda agenda;
    private final Map<Destination, long[]> told = new HashMap<>();
    private final Map<Integer, Peer> known = new HashMap<>();
    private final Map<Integer, Long> asked = new HashMap<>();
    private final Map<Byte, byte[]> unanswered = new HashMap<>();
    private byte invokeId;

    Announcer(Controller device, Mouth mouth, Agenda agenda) {
        this.device = device;
        this.mouth = mouth;
        this.agenda = agenda;
    }

    /** Tells of what there is to be told; to be done every now and then. */
    void announce() {
        List<Destination> recipients = device.notificationClass().recipients();
        told.keySet().retainAll(recipients);
        if (device.isOff()) {
            return;
        }
        long now = device.clock().now();
        for (Destination recipient : recipients) {
            long[] last = told.computeIfAbsent(recipient, enrolled -> notified(now));
            long[] due = notified(now);
            for (int i = 0; i < due.length; i++) {
                if (due[i] != last[i] && tell(recipient, device.logs().get(i), last[i], due[i], now)) {
                    last[i] = due[i];
                }
            }
        }
    }

    /** Takes the address of a device that makes itself known. */
    void learn(int instance, Peer peer) {
        if (asked.containsKey(instance)) {
            known.put(instance, peer);
        }
    }

    void answered(byte id) {
        unanswered.remove(id);
    }

    private long[] notified(long now) {
        return device.logs().stream().mapToLong(log -> log.lastNotified(now)).toArray();
    }

    /** @return whether that is done with */
    private boolean tell(Destination recipient, Log log, long last, long due, long now) {
        TimeStamp time = device.clock().wall(now).stamp();
        if (!recipient.isSuitableForEvent(time, EventState.normal)) {
            return true;
        }
        Optional<Peer> peer = find(recipient.getRecipient());
        if (peer.isEmpty()) {
            return false;
        }
        ByteQueue out = new ByteQueue();
        boolean confirmed = recipient.getIssueConfirmedNotifications().booleanValue();
        byte id = invokeId;
        out.push(confirmed ? new byte[] {0, 5, id, CONFIRMED_NOTIFICATION}
                : new byte[] {UNCONFIRMED_REQUEST, UNCONFIRMED_NOTIFICATION});
        new ConfirmedEventNotificationRequest(recipient.getProcessIdentifier(), device.id(), log.id(), time,
                new UnsignedInteger(NotificationClass.INSTANCE), new UnsignedInteger(NotificationClass.PRIORITY),
                EventType.bufferReady, null, NotifyType.event, Boolean.FALSE, EventState.normal, EventState.normal,
                new NotificationParameters(new BufferReadyNotif(new DeviceObjectPropertyReference(device.instance(),
                        log.id(), PropertyIdentifier.logBuffer), new UnsignedInteger(log.numberOrNone(last, now)),
                        new UnsignedInteger(log.numberOrNone(due, now))))).write(out);
        byte[] apdu = out.popAll();
        if (confirmed) {
            invokeId++;
            unanswered.put(id, apdu);
            insist(id, apdu, recipient.getRecipient(), peer.get(), TRIES);
        } else {
            mouth.say(apdu, false, peer.get());
        }
        return true;
    }

    private void insist(byte id, byte[] apdu, Recipient recipient, Peer peer, int tries) {
        if (unanswered.get(id) != apdu) {
            return;
        }
        if (tries > 0) {
            mouth.say(apdu, true, peer);
            agenda.after(TRY_MILLIS, () -> insist(id, apdu, recipient, peer, tries - 1));
        } else {
            unanswered.remove(id);
            if (recipient.isDevice()) {
                known.remove(recipient.getDevice().getInstanceNumber()); // it may have moved
            }
        }
    }

    private Optional<Peer> find(Recipient recipient) {
        if (recipient.isAddress()) {
            byte[] mac = recipient.getAddress().getMacAddress().getBytes();
            return mac.length != MAC ? Optional.empty()
                    : Optional.of(new Peer(new byte[0], Peer.directly(Bbmd.address(ByteBuffer.wrap(mac)))));
        }
        int instance = recipient.getDevice().getInstanceNumber();
        if (!known.containsKey(instance)
                && agenda.millis() - asked.getOrDefault(instance, -TRY_MILLIS) >= TRY_MILLIS) {
            asked.put(instance, agenda.millis());
            mouth.sayToAll(Unconfirmed.whoIs(instance));
        }
        return Optional.ofNullable(known.get(instance));
    }
}
