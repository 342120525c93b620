// SPDX-License-Identifier: Apache-2.0
package org.coppercube.gui;

import java.io.IOException;
import java.util.Optional;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.coppercube.api.web.WebPath;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Serves the shell's own files, and below {@code ext/<symbolic name>/} those of each bundle that announces a page. */
@Component(service = Servlet.class)
@WebPath("/gui/*")
public final class Shell extends HttpServlet {

    private static final String EXTENSIONS = "/ext/";

    private final transient Pages pages;
    private final transient Bundle own;

    @Activate
    public Shell(BundleContext context, @Reference Pages pages) {
        this(context.getBundle(), pages);
    }

    Shell(Bundle own, Pages pages) {
        this.own = own;
        this.pages = pages;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (path == null) {
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", "/gui/"); // sendRedirect would name whatever host the client did
        } else if (path.startsWith(EXTENSIONS)) {
            sendExtension(path.substring(EXTENSIONS.length()), request, response);
        } else {
            BundleFiles.send(own, path.equals("/") ? "index.html" : path.substring(1), request, response);
        }
    }

    private void sendExtension(String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        int slash = path.indexOf('/');
        Optional<Bundle> bundle = slash < 0 ? Optional.empty() : pages.bundle(path.substring(0, slash));
        if (bundle.isPresent()) {
            BundleFiles.send(bundle.get(), path.substring(slash + 1), request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
