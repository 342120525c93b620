// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One operation of the API.
 *
 * @param method GET or POST
 * @param path path from the root of the server; {@code {id}} in it stands for one segment
 * @param types media types it can answer with, the usual one first
 * @param parameters names of the query parameters it knows
 */
record Route(String method, String path, List<String> types, Set<String> parameters, Handler handler) {

    static final String TEXT = "text/plain";

    private static final String HOLE = "{id}";

    /** Does the work. */
    interface Handler {
        Answer answer(Call call);
    }

    /**
     * One request.
     *
     * @param id what stands for {@code {id}} in the path; empty if the path has none
     * @param type the media type that the client likes best
     */
    record Call(String id, Params params, String type) {
    }

    /** An operation that answers in JSON. */
    static Route json(String method, String path, Handler handler, String... parameters) {
        return new Route(method, path, List.of(Json.TYPE), Set.of(parameters), handler);
    }

    /** Empty when the path is another one; else what stands for {@code {id}}. */
    Optional<String> match(String requested) {
        int hole = path.indexOf(HOLE);
        if (hole < 0) {
            return path.equals(requested) ? Optional.of("") : Optional.empty();
        }
        String before = path.substring(0, hole);
        String after = path.substring(hole + HOLE.length());
        if (requested.length() <= before.length() + after.length() || !requested.startsWith(before)
                || !requested.endsWith(after)) {
            return Optional.empty();
        }
        String id = requested.substring(before.length(), requested.length() - after.length());
        return id.contains("/") ? Optional.empty() : Optional.of(id);
    }
}
