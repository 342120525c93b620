// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

/** The archive could not do it now: disk full, damaged, closing. What was acknowledged before stays safe. */
public class ArchiveException extends RuntimeException {
    /** @param message what happened, to what, and what comes next, in one line */
    public ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
