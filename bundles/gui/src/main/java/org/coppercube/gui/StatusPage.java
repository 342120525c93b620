// SPDX-License-Identifier: Apache-2.0
package org.coppercube.gui;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Totals;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.health.HealthReport;
import org.coppercube.api.web.WebPath;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The public status page: stays whoever else is away, and needs no script in the browser. */
@Component(service = Servlet.class)
@WebPath("/status")
public final class StatusPage extends HttpServlet {

    private static final Logger LOG = LoggerFactory.getLogger(StatusPage.class);

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    transient volatile HealthReport report;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    transient volatile ArchiveQuery archive;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    final transient List<Collection> collections = new CopyOnWriteArrayList<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HealthReport health = report;
        List<NetworkState> networks = new ArrayList<>();
        collections.forEach(collection -> networks.add(collection.network()));
        Bearings bearings = Bearings.of(health == null ? null : health.parts(), totals(), networks);
        byte[] html = StatusHtml.of(bearings, Instant.now()).getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/html;charset=utf-8");
        response.setContentLength(html.length);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(html);
    }

    private Totals totals() {
        ArchiveQuery query = archive;
        try {
            return query == null ? null : query.totals();
        } catch (ArchiveException e) {
            LOG.debug("The status page goes without figures: {}", e.getMessage());
            return null;
        }
    }
}
