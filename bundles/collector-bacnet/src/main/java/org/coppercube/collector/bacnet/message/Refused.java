// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import com.serotonin.bacnet4j.type.enumerated.AbortReason;
import com.serotonin.bacnet4j.type.enumerated.ErrorClass;
import com.serotonin.bacnet4j.type.enumerated.ErrorCode;
import com.serotonin.bacnet4j.type.enumerated.RejectReason;
import java.io.IOException;
import java.net.ProtocolException;

/** A device answered that it will not do it; the message says why. */
public final class Refused extends IOException {
    private static final long serialVersionUID = 1;
    public static final int ERROR = 5;
    static final int REJECT = 6;
    public static final int ABORT = 7;
    private static final int UNKNOWN_OBJECT = 31;
    private static final int APDU_TOO_LONG = 11;

    /** How it said so. */
    enum Kind {
        /** The service failed (an Error PDU). */ ERROR,
        /** The question was not understood. */ REJECT,
        /** The exchange was broken off, often because the answer does not fit. */ ABORT
    }

    private static final int PROPERTY = 2;

    private final Kind kind;
    private final int code;
    private final boolean aboutProperty;

    private Refused(Kind kind, int code, boolean aboutProperty, String message) {
        super(message);
        this.kind = kind;
        this.code = code;
        this.aboutProperty = aboutProperty;
    }

    /** Reads the class and the code of an Error. */
    public static Refused error(Tags tags) throws ProtocolException {
        int errorClass = tags.application(9).unsigned16();
        int errorCode = tags.application(9).unsigned16();
        return new Refused(Kind.ERROR, errorCode, errorClass == PROPERTY,
                ErrorClass.forId(errorClass) + ", " + ErrorCode.forId(errorCode));
    }

    /** What an Error, a Reject or an Abort says (ASHRAE 135, 20.1.7 to 20.1.9). */
    public static IOException read(int pdu, int reason, Part content) {
        try {
            return pdu == ERROR ? error(content.tags()) : pdu == REJECT ? reject(reason) : abort(reason);
        } catch (ProtocolException e) {
            return e;
        }
    }

    private static Refused reject(int reason) {
        return new Refused(Kind.REJECT, reason, false, "rejected: " + RejectReason.forId(reason));
    }

    private static Refused abort(int reason) {
        return new Refused(Kind.ABORT, reason, false, "aborted: " + AbortReason.forId(reason));
    }

    /** What was answered is no APDU, so that nothing of it was taken; as if the device had broken it off. */
    public static Refused tooLong() {
        return new Refused(Kind.ABORT, APDU_TOO_LONG, false,
                "its answer is longer than " + Questions.LONGEST_ANSWER + " bytes, or in segments that were not asked for");
    }

    /** Whether it says that this cannot be asked, not that it is too much or cannot be told now. */
    public boolean isClear() {
        return kind != Kind.ABORT;
    }

    /** Whether it is because of the property that was asked for. */
    boolean isAboutProperty() {
        return aboutProperty;
    }

    /** Whether asking for less may help. */
    public boolean mayBeTooMuch() {
        return kind != Kind.ERROR;
    }

    /** Whether the device does not know this service at all. */
    public boolean isUnknownService() {
        return kind == Kind.REJECT && code == 9;
    }

    /** Whether the object is not there, or no more. */
    public boolean isUnknownObject() {
        return kind == Kind.ERROR && code == UNKNOWN_OBJECT;
    }
}
