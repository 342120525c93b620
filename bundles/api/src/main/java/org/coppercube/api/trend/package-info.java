// SPDX-License-Identifier: Apache-2.0
/** Trend logs and their records, as ASHRAE 135 defines them, independent of any protocol library. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.coppercube.api.trend;
