// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.io.IOException;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.Loss;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.api.web.WebPath;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How much is held and how much is lost, by log, device, site or day. */
@Component(service = Servlet.class, immediate = true)
@WebPath(CompletenessResource.PATH)
public final class CompletenessResource extends HttpServlet {

    static final String PATH = "/api/v1/completeness";

    final Routes routes = new Routes(Route.json("GET", PATH, this::answer, "group", "site", "device", "log", "from",
            "to", "limit", "cursor"));

    private final ArchiveQuery archive;

    @Activate
    public CompletenessResource(@Reference ArchiveQuery archive) {
        this.archive = archive;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        routes.serve(request, response);
    }

    private Answer answer(Route.Call call) {
        Params params = call.params();
        return answer(params.<Grouping<?>>value("group", name -> Objects.requireNonNull(Grouping.ALL.get(name)),
                "log, device, site or day").orElse(Grouping.ALL.get("log")), params);
    }

    private <K> Answer answer(Grouping<K> grouping, Params params) {
        LocalDate from = params.day("from").orElse(LocalDate.MIN);
        LocalDate to = params.day("to").orElse(LocalDate.MAX);
        if (from.isAfter(to)) {
            throw Problem.badParameter("from", "is after to");
        }
        NavigableMap<K, Tally> tallies = tallies(grouping, Wanted.logs(params), from, to);
        boolean held = grouping.held().isPresent();
        boolean always = !params.has("from") && !params.has("to");
        return Listing.answer(tallies, grouping.read(), params, (json, key, tally) -> {
            json.writeStartObject();
            grouping.writer().write(json, key);
            if (held) {
                json.writeNumberField("samples", tally.samples());
            }
            json.writeNumberField("lost", tally.lost());
            tally.writeCauses(json);
            if (held) {
                json.writeFieldName("completeness");
                json.writeRawValue(always ? tally.completeness() : "null"); // what is held is of no day
            }
            json.writeEndObject();
        });
    }

    private <K> NavigableMap<K, Tally> tallies(Grouping<K> grouping, Predicate<TrendLogId> wanted, LocalDate from,
            LocalDate to) {
        NavigableMap<K, Tally> tallies = new TreeMap<>();
        grouping.held().ifPresent(key -> {
            for (Holding holding : archive.holdings()) {
                TrendLogId log = holding.log().id();
                if (wanted.test(log)) {
                    tallies.computeIfAbsent(key.apply(log), any -> new Tally()).hold(holding.samples());
                }
            }
        });
        for (Loss loss : archive.losses(from, to)) {
            if (wanted.test(loss.log())) {
                tallies.computeIfAbsent(grouping.lost().apply(loss), any -> new Tally())
                        .lose(loss.cause(), loss.records());
            }
        }
        return tallies;
    }
}
