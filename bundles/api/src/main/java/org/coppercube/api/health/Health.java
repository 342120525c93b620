// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.health;

import java.util.Objects;

/**
 * How one part fares right now.
 *
 * @param level how bad it is
 * @param publicLine one line that anybody may read: no address, version or account in it, no name of a site or device
 * @param detail one line for those who signed in: what, why, and the way out; may be empty
 */
public record Health(Level level, String publicLine, String detail) {

    /** From good to bad. */
    public enum Level {
        /** As it should be. */ OK,
        /** It works, but look. */ DEGRADED,
        /** It does not work. */ FAILED
    }

    /** @throws NullPointerException if anything is null */
    public Health {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(publicLine, "publicLine");
        Objects.requireNonNull(detail, "detail");
    }
}
