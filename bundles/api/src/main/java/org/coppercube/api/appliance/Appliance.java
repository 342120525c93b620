// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.appliance;

import java.time.Instant;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Who the box is. The values do not change while the service is there. */
@ProviderType
public interface Appliance {

    /** {@code CC-} and 12 characters of Crockford's base 32. It is a default password: show it to root only, never send it. */
    String serial();

    /** Random and public: the box's name in everything it sends. */
    UUID deviceId();

    /** Version of the product, {@code 1.0.0}. */
    String version();

    /** When the appliance started. */
    Instant startedAt();
}
