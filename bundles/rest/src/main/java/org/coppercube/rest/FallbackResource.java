// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.coppercube.api.web.WebPath;
import org.osgi.service.component.annotations.Component;

/** Answers below {@code /api/v1} for a resource that is away because a service it needs is, and for what never was. */
@Component(service = Servlet.class, immediate = true)
@WebPath("/api/v1/*")
public final class FallbackResource extends HttpServlet {

    private static final String GUI = "/api/v1/ui"; // of another bundle, which may be away as well

    private static final List<String> KNOWN = List.of(StatusResource.PATH, TrendLogResource.PATH,
            NetworkResource.NETWORKS, NetworkResource.DEVICES, CompletenessResource.PATH, OpenApiResource.PATH, GUI);

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
        boolean known = KNOWN.stream().anyMatch(each -> path.equals(each) || path.startsWith(each + "/"));
        (known ? Problem.partAway() : Problem.unknownPath()).answer(path).send(request, response);
    }
}
