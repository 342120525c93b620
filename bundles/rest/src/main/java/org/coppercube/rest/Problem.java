// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.util.Map;
import java.util.Optional;
import org.coppercube.api.archive.ArchiveException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a request is refused, thrown where that is found out and answered as a problem document (RFC 9457). */
final class Problem extends RuntimeException {

    private static final Logger LOG = LoggerFactory.getLogger(Problem.class);
    private static final Map<String, String> SOON = Map.of("Retry-After", "5");

    private final int status;
    private final String slug;
    private final String title;
    private final Map<String, String> headers;
    private final Optional<String> parameter;

    private Problem(int status, String slug, String title, String detail, Map<String, String> headers,
            Optional<String> parameter) {
        super(detail, null, false, false); // an answer, no fault of ours: nobody reads its stack
        this.status = status;
        this.slug = slug;
        this.title = title;
        this.headers = headers;
        this.parameter = parameter;
    }

    private Problem(int status, String slug, String title, String detail, Map<String, String> headers) {
        this(status, slug, title, detail, headers, Optional.empty());
    }

    /** @param rule goes on where the name of the parameter ends */
    static Problem badParameter(String name, String rule) {
        return new Problem(400, "bad-parameter", "A parameter is wrong", name + " " + rule, Map.of(),
                Optional.of(name));
    }

    static Problem unknownPath() {
        return new Problem(404, "not-found", "There is nothing here",
                "The API has no such path; /api/v1/openapi.json lists those it has", Map.of());
    }

    static Problem unknownLog(String id) {
        return new Problem(404, "unknown-trend-log", "There is no such trend log",
                "Neither the archive nor a collector knows trend log " + id, Map.of());
    }

    static Problem methodNotAllowed(String allowed) {
        return new Problem(405, "method-not-allowed", "The method is not for this path", "Allowed are " + allowed,
                Map.of("Allow", allowed));
    }

    static Problem notAcceptable(Iterable<String> types) {
        return new Problem(406, "not-acceptable", "There is no such representation",
                "The header Accept must allow one of " + String.join(", ", types), Map.of());
    }

    static Problem notCollected(String id) {
        return new Problem(409, "not-collected", "Nobody collects this trend log",
                "The archive holds trend log " + id + ", but no network has it now", Map.of());
    }

    static Problem collectorAway() {
        return new Problem(503, "collector-away", "The collector is away", "No network is being collected now", SOON);
    }

    static Problem partAway() {
        return new Problem(503, "part-away", "A part of the appliance is away",
                "What answers here is being started or updated", SOON);
    }

    static Problem busy() {
        return new Problem(503, "busy", "Too many are reading", "Samples are being sent to as many as can be", SOON);
    }

    /** The problem that an exception means to whoever asked. */
    static Problem of(RuntimeException e) {
        if (e instanceof Problem problem) {
            return problem;
        }
        if (e instanceof ArchiveException) {
            LOG.debug("The archive did not answer a request", e); // it tells the operator itself, through its health
            return new Problem(503, "archive-away", "The archive cannot answer now",
                    "The archive could not read what was asked for; the status page tells how it fares", SOON);
        }
        LOG.error("A request met an error of ours and was answered with status 500", e);
        return new Problem(500, "internal-error", "An error of ours", "The log of the appliance has the details",
                Map.of());
    }

    /** @param path path of the request */
    Answer answer(String path) {
        return new Answer(status, "application/problem+json", headers, out -> Json.write(out, json -> {
            json.writeStartObject();
            json.writeStringField("type", "/docs/problems/" + slug);
            json.writeStringField("title", title);
            json.writeNumberField("status", status);
            json.writeStringField("detail", getMessage());
            json.writeStringField("instance", path);
            if (parameter.isPresent()) {
                json.writeStringField("parameter", parameter.get());
            }
            json.writeEndObject();
        }));
    }
}
