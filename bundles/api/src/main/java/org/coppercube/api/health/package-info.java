// SPDX-License-Identifier: Apache-2.0
/** How each part of the appliance fares, and the sum of it. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.coppercube.api.health;
