// SPDX-License-Identifier: Apache-2.0
package org.coppercube.gui;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.coppercube.api.web.WebPath;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells the shell which pages there are. */
@Component(service = Servlet.class)
@WebPath("/api/v1/ui/nav")
public final class Nav extends HttpServlet {

    private final transient Pages pages;

    @Activate
    public Nav(@Reference Pages pages) {
        this.pages = pages;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] json = pages.offers().stream().map(Nav::item).collect(Collectors.joining(",", "{\"items\":[", "]}"))
                .getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(json);
    }

    private static String item(Pages.Offer offer) {
        Page page = offer.page();
        // The query changes with every update of the bundle: an open shell sees that it runs the old module.
        String module = "/gui/ext/" + offer.bundle().getSymbolicName() + '/' + page.module()
                + "?v=" + Long.toHexString(offer.bundle().getLastModified());
        return "{\"name\":" + quoted(page.name()) + ",\"title\":" + quoted(page.title())
                + ",\"module\":" + quoted(module) + ",\"rank\":" + page.rank() + '}';
    }

    /** A JSON string (RFC 8259, 7). */
    private static String quoted(String text) {
        return text.chars().mapToObj(c -> c < ' ' || c == '"' || c == '\\' ? "\\u%04x".formatted(c)
                : String.valueOf((char) c)).collect(Collectors.joining("", "\"", "\""));
    }
}
