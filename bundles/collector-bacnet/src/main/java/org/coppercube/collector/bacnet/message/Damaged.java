// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import java.net.ProtocolException;

/** An answer came that cannot be read. */
public final class Damaged extends ProtocolException {
    private static final long serialVersionUID = 1;

    private final String bytes;
    private final transient LogRecord record;

    /**
     * @param bytes of the answer, to tell whether it is the same when it comes again
     * @param record what there is of the single record that was asked for; null if nothing, or more were asked for
     */
    public Damaged(String message, String bytes, LogRecord record) {
        super(message);
        this.bytes = bytes;
        this.record = record;
    }

    public String bytes() {
        return bytes;
    }

    public LogRecord record() {
        return record;
    }
}
