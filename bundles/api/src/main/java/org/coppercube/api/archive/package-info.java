// SPDX-License-Identifier: Apache-2.0
/** The archive's three faces: intake for collectors, feed for delivery, query for readers. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.coppercube.api.archive;
