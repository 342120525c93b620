// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.health;

import java.util.SortedMap;
import org.osgi.annotation.versioning.ProviderType;

/** The sum of all health checks. Any thread may call. */
@ProviderType
public interface HealthReport {

    /** The worst of all levels; {@code OK} when nobody reports. */
    Health.Level level();

    /** What each part says, by its name. */
    SortedMap<String, Health> parts();
}
