// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.web;

/** Names that bundles with web pages agree on. */
public final class Web {

    /** Service property of a servlet that is to be reached through the front door: its paths, see {@link WebPath}. */
    public static final String PATH = "org.coppercube.web.path";

    /**
     * Capability by which a bundle brings a page, without any Java: the attribute of the same name is the page's short
     * name ({@code [a-z0-9-]+}), {@code title} its menu entry, {@code module} a JavaScript module below {@code /web/}
     * in the bundle that defines the custom element {@code page-<name>}, {@code rank:Long} its place in the menu.
     */
    public static final String PAGE = "org.coppercube.page";

    private Web() {
    }
}
