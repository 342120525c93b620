// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Interval;
import org.coppercube.api.archive.Rollup;
import org.coppercube.api.archive.RollupPage;
import org.coppercube.api.trend.TrendLog;

/** The readings of a log by interval: a page of rows in JSON, all of them in NDJSON and CSV. */
final class Rollups {

    private static final Map<String, Function<Rollup, String>> FUNCTIONS = Map.of(
            "avg", row -> text(row.average()), "min", row -> reading(row.min()), "max", row -> reading(row.max()),
            "sum", row -> text(row.sum()), "last", row -> reading(row.last()),
            "count", row -> Long.toString(row.count()));
    private static final int PAGE = 2_048;

    private final ArchiveQuery archive;
    private final TrendLog log;
    private final long to;
    private final Interval interval;
    private final Function<Rollup, String> function;
    private final long limit;
    private final Cursor cursor;
    private final RollupPage first;

    /** Reads the first page at once: an archive that is away is told before the answer has begun. */
    Rollups(ArchiveQuery archive, TrendLog log, long from, long to, Params params, long unlimited) {
        this.archive = archive;
        this.log = log;
        this.to = to;
        this.interval = params.value("interval", Interval::parse, "1 to " + Interval.MOST
                + " and one of s, m, h, d, w, mo, such as 15m, 1h or 1mo")
                .orElseThrow(() -> Problem.badParameter("fn", "goes together with interval, such as 15m"));
        this.function = params.value("fn", name -> Objects.requireNonNull(FUNCTIONS.get(name)),
                "avg, min, max, sum, last or count")
                .orElseThrow(() -> Problem.badParameter("interval", "goes together with fn, such as avg"));
        this.limit = params.integer("limit", 1, Samples.MOST).map(Integer::longValue).orElse(unlimited);
        this.cursor = new Cursor(log.id() + " " + from + " " + to + " " + interval);
        long start = params.value("cursor", text -> Long.parseLong(cursor.read(text)),
                "\"next\" of the page before, with the same log, from, to and interval").orElse(from);
        this.first = page(start, limit);
    }

    void json(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", log.id().toString());
        json.writeStringField("units", log.units());
        json.writeStringField("timeZone", log.timeZone().getId());
        json.writeStringField("interval", interval.toString());
        json.writeArrayFieldStart("samples");
        OptionalLong next = forEach(row -> write(json, row));
        json.writeEndArray();
        json.writeStringField("next", next.isPresent() ? cursor.write(Long.toString(next.getAsLong())) : null);
        json.writeEndObject();
    }

    void lines(OutputStream out) throws IOException {
        Json.write(out, json -> forEach(row -> {
            write(json, row);
            json.writeRaw('\n');
        }));
    }

    void csv(OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
        writer.write("ts,value,count\r\n");
        forEach(row -> writer.append(Rfc3339.text(row.start())).append(',').append(function.apply(row)).append(',')
                .append(Long.toString(row.count())).append("\r\n"));
        writer.flush();
    }

    private void write(JsonGenerator json, Rollup row) throws IOException {
        json.writeStartObject();
        json.writeStringField("ts", Rfc3339.text(row.start()));
        json.writeFieldName("value");
        String value = function.apply(row);
        json.writeRawValue(value.isEmpty() ? "null" : value);
        json.writeNumberField("count", row.count());
        json.writeEndObject();
    }

    /** Takes the rows in turn. */
    private interface Visitor {
        void visit(Rollup row) throws IOException;
    }

    /** @return where to go on; empty when that was all */
    private OptionalLong forEach(Visitor visitor) throws IOException {
        RollupPage page = first;
        for (long left = limit;;) {
            for (Rollup row : page.rows()) {
                visitor.visit(row);
            }
            left -= page.rows().size();
            if (left <= 0 || page.next().isEmpty()) {
                return page.next();
            }
            page = page(page.next().getAsLong(), left);
        }
    }

    private RollupPage page(long start, long left) {
        return archive.rollups(log.id(), start, to, interval, (int) Math.min(PAGE, left));
    }

    /** One that a device sent: as short as it is where it is a real. */
    private static String reading(double value) {
        return (float) value == value ? NumberOutput.toString((float) value, true) : text(value);
    }

    /** Empty for what is beyond all numbers. */
    private static String text(double value) {
        return Double.isFinite(value) ? NumberOutput.toString(value, true) : "";
    }
}
