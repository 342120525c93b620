// SPDX-License-Identifier: Apache-2.0
package org.coppercube.web;

import java.io.IOException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpServletResponseWrapper;

/** Speaks for servlets that send an error without a body: the server's own page would tell its version. */
final class OurWords extends HttpServletResponseWrapper {

    private final String path;
    private final HttpServletRequest request;

    OurWords(String path, HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.path = path;
        this.request = request;
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        sendError(status);
    }

    @Override
    public void sendError(int status) throws IOException {
        resetBuffer();
        Problem.of(status).answer(path, request, (HttpServletResponse) getResponse());
        flushBuffer(); // as the Servlet API has it: nothing more can be added
    }
}
