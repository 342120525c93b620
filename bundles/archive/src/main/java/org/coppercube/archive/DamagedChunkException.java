// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import org.coppercube.api.archive.ArchiveException;

/** Part of a log cannot be read, and never will be. */
final class DamagedChunkException extends ArchiveException {
    DamagedChunkException(String message, Throwable cause) {
        super(message, cause);
    }
}
