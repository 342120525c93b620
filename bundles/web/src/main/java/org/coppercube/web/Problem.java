// SPDX-License-Identifier: Apache-2.0
package org.coppercube.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * An answer nobody hoped for: a small page for people, a problem document (RFC 9457) for programs. It repeats nothing
 * of the request and tells nothing of the inside.
 *
 * @param status status code
 * @param phrase the status in the standard's words
 * @param heading the status in a person's words
 * @param detail one sentence
 */
record Problem(int status, String phrase, String heading, String detail) {

    private static final int SECONDS = 5;

    /** What the status code alone can say. */
    static Problem of(int status) {
        return switch (status) {
            case 400 -> new Problem(400, "Bad Request", "That was not understood", "The request is malformed.");
            case 401 -> new Problem(401, "Unauthorized", "Please sign in", "This needs a sign-in.");
            case 403 -> new Problem(403, "Forbidden", "Not allowed", "This is not allowed.");
            case 404 -> new Problem(404, "Not Found", "Nothing here", "There is nothing at this address.");
            case 405 -> new Problem(405, "Method Not Allowed", "Not possible", "That method is not for this address.");
            case 503 -> new Problem(503, "Service Unavailable", "Back in a moment",
                    "This part of the appliance is restarting and will be back in a moment.");
            default -> status < 500
                    ? new Problem(status, "Request Refused", "That was refused", "The request was refused.")
                    : new Problem(status, "Internal Server Error", "Something went wrong", "The log says more.");
        };
    }

    /** @param path path of the request that failed */
    void answer(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setHeader("Vary", "Accept");
        if (status == 503) {
            response.setIntHeader("Retry-After", SECONDS);
        }
        String accept = request.getHeader("Accept");
        if (path.startsWith("/api/") || accept == null || !accept.contains("text/html")) {
            send(response, "application/problem+json", document());
            return;
        }
        if (status == 503) {
            response.setIntHeader("Refresh", SECONDS); // reloads the page without a script
        }
        send(response, "text/html;charset=utf-8", page());
    }

    private String document() {
        return """
                {"type":"about:blank","title":"%s","status":%d,"detail":"%s"}
                """.formatted(phrase, status, detail);
    }

    private String page() {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s · CopperCube</title>
                <link rel="icon" href="/favicon.svg">
                <link rel="stylesheet" href="/door.css">
                </head>
                <body>
                <main>
                <img src="/favicon.svg" alt="" width="72" height="72">
                <h1>%1$s</h1>
                <p>%2$s</p>
                <p><a href="/">To the status page</a></p>
                </main>
                </body>
                </html>
                """.formatted(heading, detail);
    }

    private static void send(HttpServletResponse response, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
