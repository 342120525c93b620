// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Totals;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.health.Health;
import org.coppercube.api.health.HealthReport;
import org.coppercube.api.web.WebPath;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** How the appliance fares, for everybody: nothing in it tells which box this is, or where. */
@Component(service = Servlet.class, immediate = true)
@WebPath(StatusResource.PATH)
public final class StatusResource extends HttpServlet {

    static final String PATH = "/api/v1/status";

    private static final Totals NONE = new Totals(0, 0, 0, 0);

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile ArchiveQuery archive;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<Collection> collections = List.of();

    final Routes routes = new Routes(Route.json("GET", PATH, this::status));

    private final HealthReport health;

    @Activate
    public StatusResource(@Reference HealthReport health) {
        this.health = health;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        routes.serve(request, response);
    }

    private Answer status(Route.Call call) {
        List<NetworkState> networks = collections.stream().map(Collection::network).toList();
        Optional<Totals> totals = totals();
        String level = Words.of(level(totals.isPresent(), !networks.isEmpty()));
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeStringField("product", "CopperCube");
            Json.time(json, "time", Instant.now());
            // Of the JVM, by the monotonic clock: a box without a battery starts in 1970 and is put right later.
            json.writeNumberField("uptimeSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
            json.writeStringField("health", level);
            json.writeBooleanField("collecting",
                    networks.stream().anyMatch(network -> network.state() == NetworkState.State.COLLECTING));
            json.writeObjectFieldStart("trendLogs");
            json.writeNumberField("archived", networks.stream().mapToInt(NetworkState::archived).sum());
            json.writeNumberField("late", networks.stream().mapToInt(NetworkState::late).sum());
            json.writeEndObject();
            samples(json, totals.orElse(NONE));
            outlets(json);
            json.writeEndObject();
        });
    }

    /** The health of all parts, and of those that are away and cannot report: as the status page has it. */
    private Health.Level level(boolean archiveAnswers, boolean anyNetwork) {
        if (!archiveAnswers) {
            return Health.Level.FAILED;
        }
        Health.Level reported = health.level();
        return anyNetwork || reported != Health.Level.OK ? reported : Health.Level.DEGRADED;
    }

    /** Empty while the archive is away. */
    private Optional<Totals> totals() {
        try {
            return Optional.ofNullable(archive).map(ArchiveQuery::totals);
        } catch (ArchiveException e) { // health says so
            return Optional.empty();
        }
    }

    private static void samples(JsonGenerator json, Totals totals) throws IOException {
        json.writeObjectFieldStart("samples");
        json.writeNumberField("total", totals.samples());
        json.writeNumberField("lastDay", totals.lastDay());
        json.writeNumberField("lost", totals.lost());
        json.writeEndObject();
    }

    private static void outlets(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("outlets"); // there are none yet
        json.writeNumberField("ok", 0);
        json.writeNumberField("late", 0);
        json.writeNumberField("failed", 0);
        json.writeEndObject();
    }
}
