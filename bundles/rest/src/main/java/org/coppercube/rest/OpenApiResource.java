// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.coppercube.api.web.WebPath;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The description of this API, as OpenAPI 3.1. */
@Component(service = Servlet.class, immediate = true)
@WebPath(OpenApiResource.PATH)
public final class OpenApiResource extends HttpServlet {

    static final String PATH = "/api/v1/openapi.json";

    final Routes routes;

    @Activate
    public OpenApiResource() throws IOException {
        try (InputStream in = OpenApiResource.class.getResourceAsStream("openapi.json")) {
            byte[] document = in.readAllBytes();
            Answer answer = new Answer(200, Json.TYPE, Map.of(), out -> out.write(document));
            this.routes = new Routes(Route.json("GET", PATH, call -> answer));
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        routes.serve(request, response);
    }
}
