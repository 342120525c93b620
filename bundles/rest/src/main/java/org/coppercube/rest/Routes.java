// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** The operations of one servlet: finds the one that a request means and sends its answer, or the problem. */
record Routes(List<Route> routes) {

    Routes(Route... routes) {
        this(List.of(routes));
    }

    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
        try {
            answer(path, request).send(request, response);
        } catch (RuntimeException e) {
            if (response.isCommitted()) {
                throw e; // the server cuts the connection then, and nobody takes half an answer for a whole one
            }
            response.setHeader("Content-Disposition", null); // of the answer that was to be
            Problem.of(e).answer(path).send(request, response);
        }
    }

    private Answer answer(String path, HttpServletRequest request) {
        List<Route> here = routes.stream().filter(route -> route.match(path).isPresent()).toList();
        if (here.isEmpty()) {
            throw Problem.unknownPath();
        }
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        Route route = here.stream().filter(each -> each.method().equals(method)).findFirst()
                .orElseThrow(() -> Problem.methodNotAllowed(allowed(here)));
        Params params = new Params(request.getQueryString(), route.parameters());
        return route.handler().answer(
                new Route.Call(route.match(path).orElseThrow(), params, type(route, params, request)));
    }

    private static String type(Route route, Params params, HttpServletRequest request) {
        if (params.has("format") || route.types().contains(Route.TEXT)) {
            return route.types().get(0); // a format wins over the header, and a monitor shall not fail because of one
        }
        return Accept.best(request, route.types()).orElseThrow(() -> Problem.notAcceptable(route.types()));
    }

    private static String allowed(List<Route> routes) {
        return routes.stream().map(route -> route.method().equals("GET") ? "GET, HEAD" : route.method())
                .collect(Collectors.joining(", "));
    }
}
