// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.api.web.WebPath;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Trend logs, their samples, and collecting one at once. */
@Component(service = Servlet.class, immediate = true)
@WebPath(TrendLogResource.PATH + "/*")
public final class TrendLogResource extends HttpServlet {

    static final String PATH = "/api/v1/trend-logs";

    /** Half of the server's threads: clients that read slowly leave the others for the status page. */
    private static final int READERS = 100;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<Collection> collections = List.of();

    final Routes routes = new Routes(
            Route.json("GET", PATH, this::list, "site", "device", "q", "limit", "cursor"),
            Route.json("GET", PATH + "/{id}", this::one),
            new Route("GET", PATH + "/{id}/samples", Samples.TYPES, Set.of(Samples.PARAMETERS), this::samples),
            Route.json("POST", PATH + "/{id}/collect", this::collect));

    private final ArchiveQuery archive;
    private final Semaphore readers;

    @Activate
    public TrendLogResource(@Reference ArchiveQuery archive) {
        this(archive, READERS);
    }

    TrendLogResource(ArchiveQuery archive, int readers) {
        this.archive = archive;
        this.readers = new Semaphore(readers);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        routes.serve(request, response);
    }

    private Answer list(Route.Call call) {
        Predicate<TrendLog> wanted = wanted(call.params());
        NavigableMap<TrendLogId, Catalogue.Known> all = catalogue().all();
        all.values().removeIf(known -> !wanted.test(known.log()));
        return Listing.answer(all, TrendLogId::parse, call.params(),
                (json, id, known) -> TrendLogJson.write(json, known));
    }

    private static Predicate<TrendLog> wanted(Params params) {
        Predicate<TrendLogId> ids = Wanted.logs(params);
        String q = params.text("q").orElse("").toLowerCase(Locale.ROOT);
        return log -> ids.test(log.id())
                && Stream.of(log.name(), log.id().toString(), log.objectName(), log.deviceName())
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(q));
    }

    private Answer one(Route.Call call) {
        Catalogue.Known known = catalogue().find(call.id());
        return Answer.json(200, json -> TrendLogJson.write(json, known));
    }

    private Answer samples(Route.Call call) {
        return new Samples(archive).answer(catalogue().find(call.id()).log(), call).within(readers);
    }

    private Answer collect(Route.Call call) {
        Catalogue catalogue = catalogue();
        TrendLogId id = catalogue.find(call.id()).log().id();
        if (catalogue.collections().isEmpty()) {
            throw Problem.collectorAway();
        }
        int visits = catalogue.collections().stream().mapToInt(each -> each.collect(Set.of(id))).sum();
        if (visits == 0) {
            throw Problem.notCollected(call.id());
        }
        return Answer.json(202, json -> {
            json.writeStartObject();
            json.writeStringField("id", id.toString());
            json.writeNumberField("visits", visits);
            json.writeEndObject();
        });
    }

    private Catalogue catalogue() {
        return new Catalogue(archive, collections);
    }
}
