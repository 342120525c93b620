// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.health.Health;
import org.coppercube.api.health.HealthReport;
import org.coppercube.api.web.WebPath;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Yes or no for machines that watch: is the process there, does the appliance do its work. */
@Component(service = Servlet.class, immediate = true)
@WebPath({ProbeResource.ALIVE, ProbeResource.READY})
public final class ProbeResource extends HttpServlet {

    static final String ALIVE = "/healthz";
    static final String READY = "/readyz";

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile ArchiveQuery archive;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile HealthReport health;

    final Routes routes = new Routes(probe(ALIVE, call -> Answer.text(200, "ok")), probe(READY, call -> ready()));

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        routes.serve(request, response);
    }

    private Answer ready() {
        HealthReport report = health;
        return archive != null && report != null && report.level() != Health.Level.FAILED
                ? Answer.text(200, "ok") : Answer.text(503, "not ready");
    }

    private static Route probe(String path, Route.Handler handler) {
        return new Route("GET", path, List.of(Route.TEXT), Set.of(), handler);
    }
}
