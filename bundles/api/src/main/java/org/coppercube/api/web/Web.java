// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.web;

/** Names that bundles with web pages agree on. */
public final class Web {

    /** Name of the one servlet context; every servlet selects it. */
    public static final String CONTEXT = "coppercube";

    /** {@link #CONTEXT} as the filter an OSGi whiteboard servlet selects its context with. */
    public static final String SELECT_CONTEXT = "(osgi.http.whiteboard.context.name=" + CONTEXT + ")";

    /**
     * Capability by which a bundle brings a page, without any Java: the attribute of the same name is the page's short
     * name ({@code [a-z0-9-]+}), {@code title} its menu entry, {@code module} a JavaScript module below {@code /web/}
     * in the bundle that defines the custom element {@code page-<name>}, {@code rank:Long} its place in the menu.
     */
    public static final String PAGE = "org.coppercube.page";

    private Web() {
    }
}
