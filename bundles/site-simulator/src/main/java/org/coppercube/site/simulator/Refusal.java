// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.enumerated.AbortReason;
import com.serotonin.bacnet4j.type.enumerated.RejectReason;

/** The request is answered with a Reject (it is malformed) or an Abort (we cannot go through with it). */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1;
    private static final int REJECT = 0x60;
    private static final int ABORT_BY_SERVER = 0x71;

    private final int pduType;
    private final byte reason;

    private Refusal(int pduType, byte reason, String text) {
        super(text, null, false, false); // thrown at network speed, read by nobody: no stack trace
        this.pduType = pduType;
        this.reason = reason;
    }

    static Refusal reject(RejectReason reason) {
        return new Refusal(REJECT, reason.byteValue(), "reject: " + reason);
    }

    static Refusal abort(AbortReason reason) {
        return new Refusal(ABORT_BY_SERVER, reason.byteValue(), "abort: " + reason);
    }

    byte[] toPdu(byte invokeId) {
        return new byte[] {(byte) pduType, invokeId, reason};
    }
}
