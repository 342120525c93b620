// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Page;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;

/** The samples of a log: a page of them in JSON, all of them in NDJSON and CSV. */
final class Samples {

    static final String[] PARAMETERS = {"from", "to", "limit", "cursor", "maxPoints", "interval", "fn",
        "format"};
    static final List<String> TYPES = List.of(Json.TYPE, "application/x-ndjson", "text/csv");

    /** Samples or rows in a page. */
    static final int MOST = 10_000;

    private static final List<String> FORMATS = List.of("json", "ndjson", "csv"); // in the order of TYPES
    private static final int USUAL = 1_000;

    private final ArchiveQuery archive;

    Samples(ArchiveQuery archive) {
        this.archive = archive;
    }

    Answer answer(TrendLog log, Route.Call call) {
        Params params = call.params();
        long from = params.time("from").orElse(Long.MIN_VALUE);
        long to = params.time("to").orElse(Long.MAX_VALUE);
        if (from > to) {
            throw Problem.badParameter("from", "is after to");
        }
        String type = params.value("format", name -> TYPES.get(FORMATS.indexOf(name)), "json, ndjson or csv")
                .orElse(call.type());
        long unlimited = type.equals(Json.TYPE) ? USUAL : Long.MAX_VALUE;
        if (params.has("interval") || params.has("fn")) {
            refuse(params, "interval", "maxPoints");
            Rollups rollups = new Rollups(archive, log, from, to, params, unlimited);
            return answer(log, type, rollups::json, rollups::lines, rollups::csv);
        }
        Cursor cursor = new Cursor(log.id() + " " + from + " " + to);
        Walk walk = params.has("maxPoints") ? extremes(log.id(), from, to, params)
                : range(log.id(), from, to, params, cursor, unlimited);
        return answer(log, type, json -> page(json, log, walk, cursor), out -> lines(out, walk), out -> csv(out, walk));
    }

    private static Answer answer(TrendLog log, String type, Json.Content json, Answer.Body lines, Answer.Body csv) {
        return switch (FORMATS.get(TYPES.indexOf(type))) {
            case "ndjson" -> new Answer(200, type, Map.of(), lines);
            case "csv" -> new Answer(200, type + ";charset=utf-8",
                    Map.of("Content-Disposition", "attachment; filename=\"" + log.id() + ".csv\""), csv);
            default -> Answer.json(200, json);
        };
    }

    private Walk range(TrendLogId log, long from, long to, Params params, Cursor cursor, long unlimited) {
        long start = params.value("cursor", text -> Long.parseLong(cursor.read(text)),
                "\"next\" of the page before, with the same log, from and to").orElse(0L);
        long limit = params.integer("limit", 1, MOST).map(Integer::longValue).orElse(unlimited);
        return new Walk((place, most) -> archive.samples(log, from, to, place, most), start, limit);
    }

    private Walk extremes(TrendLogId log, long from, long to, Params params) {
        refuse(params, "maxPoints", "cursor", "limit");
        int most = params.integer("maxPoints", 2, MOST).orElseThrow();
        return new Walk((place, limit) -> new Page(archive.extremes(log, from, to, most), OptionalLong.empty()), 0,
                most);
    }

    private static void refuse(Params params, String with, String... others) {
        for (String other : others) {
            if (params.has(other)) {
                throw Problem.badParameter(other, "does not go together with " + with);
            }
        }
    }

    private static void page(JsonGenerator json, TrendLog log, Walk walk, Cursor cursor) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", log.id().toString());
        json.writeStringField("units", log.units());
        json.writeStringField("timeZone", log.timeZone().getId());
        json.writeArrayFieldStart("samples");
        OptionalLong next = walk.forEach(new SampleJson(json)::write);
        json.writeEndArray();
        json.writeStringField("next", next.isPresent() ? cursor.write(Long.toString(next.getAsLong())) : null);
        json.writeEndObject();
    }

    private static void lines(OutputStream out, Walk walk) throws IOException {
        Json.write(out, json -> {
            SampleJson line = new SampleJson(json);
            walk.forEach((run, sample) -> {
                line.write(run, sample);
                json.writeRaw('\n');
            });
        });
    }

    private static void csv(OutputStream out, Walk walk) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
        walk.forEach(new SampleCsv(writer)::write);
        writer.flush();
    }
}
