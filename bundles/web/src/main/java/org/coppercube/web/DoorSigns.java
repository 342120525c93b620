// SPDX-License-Identifier: Apache-2.0
package org.coppercube.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.coppercube.api.web.WebPath;
import org.osgi.service.component.annotations.Component;

/** The logo and the style sheet of the fallback page: there when every other bundle is away. */
@Component(service = Servlet.class)
@WebPath({"/favicon.svg", "/door.css"})
public final class DoorSigns extends HttpServlet {

    private static final Map<String, String> TYPES = Map.of(
            "/favicon.svg", "image/svg+xml",
            "/door.css", "text/css;charset=utf-8");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath();
        try (InputStream file = DoorSigns.class.getResourceAsStream(path.substring(1))) {
            byte[] bytes = file.readAllBytes();
            response.setContentType(TYPES.get(path));
            response.setContentLength(bytes.length);
            response.setHeader("Cache-Control", "max-age=3600");
            response.getOutputStream().write(bytes);
        }
    }
}
