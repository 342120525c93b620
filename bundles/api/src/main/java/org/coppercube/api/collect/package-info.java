// SPDX-License-Identifier: Apache-2.0
/** What a collector tells of its network and what it can be asked to do. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.coppercube.api.collect;
