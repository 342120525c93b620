// SPDX-License-Identifier: Apache-2.0
/** Names that bundles with web pages agree on. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.coppercube.api.web;
