// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.health;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Registered as a service by whoever has something to say of its own condition, with {@link #NAME} as a property.
 * Called from any thread, every few seconds; must answer at once and never block. An exception counts as
 * {@link Health.Level#FAILED}.
 */
@ConsumerType
public interface HealthCheck {

    /** Service property: short name of the part, {@code archive}, {@code network demo}. */
    String NAME = "health.name";

    /** How it fares right now. */
    Health check();
}
