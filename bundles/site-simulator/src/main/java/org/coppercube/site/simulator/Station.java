// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.util.Optional;

/** A controller on the network. */
final class Station {

    private final Controller device;
    private final byte[] source;
    private final Wire wire;

    /** @param source network, length and address if it is behind a router, else empty */
    Station(Controller device, byte[] source, Wire wire) {
        this.device = device;
        this.source = source;
        this.wire = wire;
    }

    /** @param broadcast only unconfirmed requests can be for all */
    void hear(Frame frame, Peer sender, boolean broadcast) {
        if (frame.message() || device.isOff() || wire.loses()) {
            return;
        }
        Optional<WhoIs> whoIs = WhoIs.parse(frame.apdu());
        if (whoIs.isPresent()) {
            if (whoIs.get().means(device)) {
                send(WhoIs.iAm(device), sender);
            }
        } else if (!broadcast) {
            byte[] answer = Dialogue.answer(device, frame.apdu());
            if (answer != null) {
                send(answer, sender);
            }
        }
    }

    private void send(byte[] apdu, Peer receiver) {
        receiver.path().carry(Frame.npdu(receiver.route(), source, false, apdu), wire);
    }
}
