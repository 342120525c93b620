// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.nio.ByteBuffer;
import java.util.Optional;

/** A controller on the network. */
final class Station implements Announcer.Mouth {

    private static final int CONFIRMED_REQUEST = 0x00;
    private static final int UNCONFIRMED_REQUEST = 0x10;

    private final Controller device;
    private final byte[] source;
    private final Wire wire;
    private final Peer everybody;
    private final Optional<Announcer> announcer;

    /**
     * @param source network, length and address if it is behind a router, else empty
     * @param everybody whom the device's own broadcasts reach
     */
    Station(Controller device, byte[] source, Wire wire, Peer everybody, Agenda agenda) {
        this.device = device;
        this.source = source;
        this.wire = wire;
        this.everybody = everybody;
        this.announcer = device.isNotifying() ? Optional.of(new Announcer(device, this, agenda)) : Optional.empty();
    }

    /** @param broadcast only unconfirmed requests can be for all */
    void hear(Frame frame, Peer sender, boolean broadcast) {
        ByteBuffer apdu = frame.apdu();
        if (frame.message() || apdu.remaining() < 2 || device.isOff() || wire.loses()) {
            return;
        }
        int type = apdu.get(0) & 0xF0;
        byte[] answer = null;
        if (type == UNCONFIRMED_REQUEST) {
            announcer.ifPresent(there -> Unconfirmed.iAm(frame.apdu()).ifPresent(who -> there.learn(who, sender)));
            answer = Unconfirmed.answer(device, apdu);
        } else if (type == CONFIRMED_REQUEST && !broadcast) {
            answer = Dialogue.answer(device, apdu);
            announce(); // a recipient that came with this request is told of what is new from now on
        } else {
            announcer.ifPresent(there -> there.answered(apdu.get(1)));
        }
        if (answer != null) {
            say(answer, false, sender);
        }
    }

    /** Tells recipients what there is to be told. */
    void announce() {
        announcer.ifPresent(Announcer::announce);
    }

    @Override
    public void say(byte[] apdu, boolean expectingReply, Peer receiver) {
        if (!device.isOff()) {
            receiver.path().carry(Frame.npdu(receiver.route(), source, expectingReply, apdu), wire);
        }
    }

    @Override
    public void sayToAll(byte[] apdu) {
        say(apdu, false, everybody);
    }
}
