// SPDX-License-Identifier: Apache-2.0
/** The archive's faces: intake for collectors, feed for delivery, query for readers, maintenance. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.coppercube.api.archive;
