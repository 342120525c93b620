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

    private static final int MOST = 1_000;

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
        Params params = call.params();
        int limit = params.integer("limit", 1, MOST).orElse(100);
        Predicate<TrendLog> wanted = wanted(params);
        Cursor cursor = new Cursor(params.text("site") + " " + params.text("device") + " " + params.text("q"));
        NavigableMap<TrendLogId, Catalogue.Known> all = catalogue().all();
        Stream<Catalogue.Known> rest = params
                .value("cursor", text -> TrendLogId.parse(cursor.read(text)),
                        "\"next\" of the page before, with the same site, device and q")
                .map(after -> all.tailMap(after, false)).orElse(all).values().stream();
        List<Catalogue.Known> found = rest.filter(known -> wanted.test(known.log())).limit(limit + 1L).toList();
        List<Catalogue.Known> page = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? cursor.write(page.get(limit - 1).log().id().toString()) : null;
        return Answer.json(200, json -> Json.list(json, page, TrendLogJson::write, next));
    }

    private static Predicate<TrendLog> wanted(Params params) {
        Predicate<TrendLog> all = log -> true;
        Predicate<TrendLog> ofSite = params.value("site", TrendLogResource::requireSite, "1 to 40 of a-z, 0-9 and -")
                .<Predicate<TrendLog>>map(site -> log -> log.id().site().equals(site)).orElse(all);
        Predicate<TrendLog> ofDevice = params.integer("device", 0, TrendLogId.MAX_INSTANCE)
                .<Predicate<TrendLog>>map(device -> log -> log.id().device() == device).orElse(all);
        Predicate<TrendLog> named = params.text("q").map(text -> text.toLowerCase(Locale.ROOT))
                .<Predicate<TrendLog>>map(q -> log -> Stream
                        .of(log.name(), log.id().toString(), log.objectName(), log.deviceName())
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(q)))
                .orElse(all);
        return ofSite.and(ofDevice).and(named);
    }

    private static String requireSite(String site) {
        if (!TrendLogId.isSite(site)) {
            throw new IllegalArgumentException();
        }
        return site;
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
