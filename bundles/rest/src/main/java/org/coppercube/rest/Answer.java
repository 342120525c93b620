// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * An answer that is ready to be sent.
 *
 * @param body writes the content, of any length; what can be refused has been found out before
 */
record Answer(int status, String type, Map<String, String> headers, Body body) {

    /** Writes the content of an answer, and flushes but does not close the stream. */
    interface Body {
        void write(OutputStream out) throws IOException;
    }

    static Answer json(int status, Json.Content content) {
        return new Answer(status, Json.TYPE, Map.of(), out -> Json.write(out, content));
    }

    static Answer text(int status, String text) {
        return new Answer(status, Route.TEXT, Map.of(), out -> out.write(text.getBytes(UTF_8)));
    }

    /** The same, as long as no more than so many are being written; else the body is a {@link Problem}. */
    Answer within(Semaphore places) {
        return new Answer(status, type, headers, out -> {
            if (!places.tryAcquire()) {
                throw Problem.busy();
            }
            try {
                body.write(out);
            } finally {
                places.release();
            }
        });
    }

    void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean gzip = Accept.gzip(request);
        response.resetBuffer();
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Encoding", gzip ? "gzip" : null);
        response.setHeader("Vary", "Accept, Accept-Encoding");
        headers.forEach(response::setHeader);
        if (request.getMethod().equals("HEAD")) {
            return; // or a million samples would be read for nobody
        }
        if (gzip) {
            zip(response.getOutputStream());
        } else {
            body.write(response.getOutputStream());
        }
    }

    private void zip(OutputStream out) throws IOException {
        Gzip gzip = new Gzip(out);
        try {
            body.write(gzip);
            gzip.finish(); // not in the finally: after a failure it would look like the proper end
        } finally {
            gzip.release();
        }
    }

    private static final class Gzip extends GZIPOutputStream {

        Gzip(OutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(Deflater.BEST_SPEED);
        }

        /** Gives back the memory outside the heap, which {@code close} alone would do. */
        void release() {
            def.end();
        }
    }
}
