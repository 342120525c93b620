// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;

/** Writes one trend log as a JSON object. What nobody knows is null. */
record TrendLogJson(JsonGenerator json) {

    static void write(JsonGenerator json, Catalogue.Known known) throws IOException {
        new TrendLogJson(json).write(known);
    }

    private void write(Catalogue.Known known) throws IOException {
        TrendLog log = known.log();
        json.writeStartObject();
        identity(log);
        logged(log.logged());
        json.writeStringField("name", log.name());
        json.writeStringField("units", log.units());
        json.writeStringField("timeZone", log.timeZone().getId());
        Json.seconds(json, "intervalSeconds", log.interval());
        json.writeNumberField("bufferSize", log.bufferSize());
        json.writeBooleanField("archived", known.archived());
        held(known.holding().orElse(new Holding(log, 0, 0, 0, 0, 0, 0)));
        json.writeFieldName("state");
        if (known.state().isPresent()) {
            state(known.state().get());
        } else {
            json.writeNull();
        }
        json.writeEndObject();
    }

    private void identity(TrendLog log) throws IOException {
        TrendLogId id = log.id();
        json.writeStringField("id", id.toString());
        json.writeStringField("site", id.site());
        json.writeObjectFieldStart("device");
        json.writeNumberField("instance", id.device());
        json.writeStringField("name", log.deviceName());
        json.writeEndObject();
        json.writeObjectFieldStart("object");
        json.writeStringField("type", Words.objectType(id.kind()));
        json.writeNumberField("instance", id.instance());
        json.writeStringField("name", log.objectName());
        json.writeEndObject();
    }

    private void logged(TrendLog.LoggedProperty logged) throws IOException {
        json.writeFieldName("logged");
        if (logged == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeNumberField("device", logged.device());
        json.writeStringField("object", logged.object());
        json.writeStringField("property", logged.property());
        json.writeEndObject();
    }

    private void held(Holding holding) throws IOException {
        json.writeNumberField("samples", holding.samples());
        json.writeNumberField("lost", holding.lost());
        json.writeStringField("first", holding.samples() == 0 ? null : Rfc3339.text(holding.first()));
        json.writeStringField("last", holding.samples() == 0 ? null : Rfc3339.text(holding.last()));
        json.writeFieldName("lastSequence");
        if (holding.run() == 0) {
            json.writeNull();
        } else {
            json.writeNumber(holding.lastSequence());
        }
    }

    private void state(LogState state) throws IOException {
        json.writeStartObject();
        json.writeStringField("health", Words.of(state.level()));
        Json.time(json, "lastAttempt", state.lastAttempt());
        Json.time(json, "lastSuccess", state.lastSuccess());
        Json.textOrNull(json, "cause", state.cause());
        Json.time(json, "nextVisit", state.nextVisit());
        Json.time(json, "overflowAt", state.overflowAt());
        json.writeStringField("mode", state.mode() == null ? null : Words.of(state.mode()));
        json.writeFieldName("advice");
        advice(state.advice());
        json.writeEndObject();
    }

    private void advice(LogState.Advice advice) throws IOException {
        if (advice == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeNumberField("bufferSize", advice.bufferSize());
        if (advice.interval() == null) {
            json.writeNullField("intervalSeconds");
        } else {
            Json.seconds(json, "intervalSeconds", advice.interval());
        }
        json.writeEndObject();
    }
}
