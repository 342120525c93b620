// SPDX-License-Identifier: Apache-2.0
/** Who the box is. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.coppercube.api.appliance;
