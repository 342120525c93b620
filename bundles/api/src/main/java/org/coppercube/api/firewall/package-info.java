// SPDX-License-Identifier: Apache-2.0
/** Which ports the firewall must let in, and for how long: as long as the service is registered. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.coppercube.api.firewall;
