// SPDX-License-Identifier: Apache-2.0
package org.coppercube.web;

import java.io.IOException;
import java.util.regex.Pattern;
import javax.servlet.Servlet;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.coppercube.api.web.Web;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Answers what nobody else answers: the root with the status page, 503 where an owner is away for a moment, 404 where
 * there never was one.
 */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect(Web.SELECT_CONTEXT)
@HttpWhiteboardServletName("fallback")
@HttpWhiteboardServletPattern("/*") // the longer pattern of any other servlet goes first
public final class Fallback extends HttpServlet {

    private static final Pattern OWNED = Pattern.compile("/(status|healthz|readyz|(gui|api/v1)(/.*)?)");

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        if (path.equals("/")) { // Pax Web takes the root's own pattern for "/", which is weaker than "/*"
            request.getRequestDispatcher("/status").forward(request, response);
        } else {
            Problem.of(OWNED.matcher(path).matches() ? 503 : 404).answer(path, request, response);
        }
    }
}
