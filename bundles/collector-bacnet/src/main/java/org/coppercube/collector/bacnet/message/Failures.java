// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import java.io.IOException;
import java.util.concurrent.CompletionException;

/** Takes the wrapping off that futures put around what went wrong. */
public final class Failures {
    private Failures() {
    }

    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** What went wrong, in words. */
    public static String message(Throwable failure) {
        Throwable cause = cause(failure);
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** What went wrong on the network; what is no such thing goes on being thrown. */
    public static IOException io(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof IOException io) {
            return io;
        }
        throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(cause);
    }
}
